package io.bursar.sandbox.evm;

import io.bursar.sandbox.evm.Chain.View;
import io.bursar.sandbox.http.Json;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The methods of the execution API that Bursar and its wallets call, answered from the chain. */
final class Rpc {
    private static final int LOGS_MAX = 10_000;
    private static final int FEE_HISTORY_BLOCKS_MAX = 1_024;

    private final Chain chain;
    private final NodeFaults faults;
    private final DevRpc dev;

    Rpc(Chain chain, NodeFaults faults, DevRpc dev) {
        this.chain = chain;
        this.faults = faults;
        this.dev = dev;
    }

    JsonNode call(String method, RpcParams params) {
        return switch (method) {
            case "eth_chainId" -> text(Quantity.of(chain.chainId()));
            case "net_version" -> text(Long.toString(chain.chainId()));
            case "web3_clientVersion" -> text("BursarSandbox/1.0/java");
            case "eth_syncing" -> Json.parse("false");
            case "eth_gasPrice" -> text(Quantity.of(Gas.BASE_FEE_WEI.add(Gas.TIP_WEI)));
            case "eth_maxPriorityFeePerGas" -> text(Quantity.of(Gas.TIP_WEI));
            case "eth_feeHistory" -> chain.read(view -> feeHistory(view, params));
            case "eth_sendRawTransaction" ->
                text(chain.submit(Transaction.decode(params.text(0))).hex());
            case "sandbox_faucet", "sandbox_pay", "evm_mine" -> dev.call(method, params);
            default -> chain.read(view -> question(method, params, view));
        };
    }

    private JsonNode question(String method, RpcParams params, View view) {
        return switch (method) {
            case "eth_blockNumber" -> text(Quantity.of(view.head()));
            case "eth_getBlockByNumber" -> block(byTag(view, params.blockTag(0)), params.flag(1));
            case "eth_getBlockByHash" -> block(view.blocks().byHash(params.hash(0)), params.flag(1));
            case "eth_getTransactionByHash" -> transaction(view, params.hash(0));
            case "eth_getTransactionReceipt" -> receipt(view, params.hash(0));
            case "eth_getLogs" -> logs(view, params.object(0));
            case "eth_getBalance" -> {
                var state = view.stateAfter(known(view, params.blockTag(1)).number());
                yield text(Quantity.of(state.balance(params.address(0))));
            }
            case "eth_getTransactionCount" -> text(Quantity.of(transactionCount(view, params)));
            case "eth_getCode" -> text(view.state().token(params.address(0)).isPresent() ? "0x60806040" : "0x");
            case "eth_call" -> ethCall(view, params);
            case "eth_estimateGas" -> estimateGas(view, params);
            default -> throw RpcException.methodNotFound(method);
        };
    }

    private Optional<Block> byTag(View view, String tag) {
        if (faults.hides(tag)) {
            throw RpcException.invalidParams("invalid argument: unknown block tag " + tag);
        }
        return switch (tag) {
            case "latest", "pending" -> view.blocks().byNumber(view.head());
            case "safe" -> view.blocks().byNumber(Math.max(0, view.head() - Chain.SAFE_DEPTH));
            case "finalized" -> view.blocks().byNumber(Math.max(0, view.head() - Chain.FINALIZED_DEPTH));
            case "earliest" -> view.blocks().byNumber(0);
            default -> view.blocks().byNumber(Quantity.parseLong(tag));
        };
    }

    private Block known(View view, String tag) {
        return byTag(view, tag).orElseThrow(() -> RpcException.refused("header not found"));
    }

    private long transactionCount(View view, RpcParams params) {
        var account = params.address(0);
        var tag = params.blockTag(1);
        return tag.equals("pending")
                ? view.mempool().nextNonce(account, view.state())
                : view.stateAfter(known(view, tag).number()).nonce(account);
    }

    private static JsonNode transaction(View view, Hash32 hash) {
        var mined = view.blocks().mined(hash);
        if (mined.isPresent()) {
            return RpcJson.transaction(mined.get(), view.blocks().holding(hash).orElseThrow());
        }
        return view.mempool().find(hash).<JsonNode>map(RpcJson::transaction).orElseGet(Rpc::nothing);
    }

    private static JsonNode receipt(View view, Hash32 hash) {
        return view.blocks()
                .mined(hash)
                .<JsonNode>map(mined ->
                        RpcJson.receipt(mined, view.blocks().holding(hash).orElseThrow()))
                .orElseGet(Rpc::nothing);
    }

    private JsonNode logs(View view, JsonNode query) {
        var filter = LogFilter.parse(query);
        var found = Json.array();
        if (query.has("blockHash")) {
            var hash = RpcParams.hash(query.path("blockHash").asString(""));
            var block = view.blocks().byHash(hash).orElseThrow(() -> RpcException.refused("unknown block"));
            collect(block, filter, found);
            return found;
        }
        long from = boundary(view, query.path("fromBlock"));
        long to = boundary(view, query.path("toBlock"));
        if (from > to) {
            throw RpcException.refused("invalid block range params");
        }
        if (to - from >= faults.logRangeBlocks()) {
            throw RpcException.limitExceeded("query exceeds max block range " + faults.logRangeBlocks());
        }
        view.blocks().full(from, to).forEach(block -> collect(block, filter, found));
        return found;
    }

    /** A range may reach past the head: nothing is there yet. */
    private long boundary(View view, JsonNode tag) {
        var text = tag.asString("latest");
        return text.startsWith("0x")
                ? Quantity.parseLong(text)
                : known(view, text).number();
    }

    private static void collect(Block block, LogFilter filter, ArrayNode found) {
        for (var mined : block.transactions()) {
            found.addAll(RpcJson.logs(mined, block, filter::matches));
        }
        if (found.size() > LOGS_MAX) {
            throw RpcException.limitExceeded("query returns more than " + LOGS_MAX + " results");
        }
    }

    private JsonNode ethCall(View view, RpcParams params) {
        var call = params.object(0);
        var block = known(view, params.blockTag(1));
        return text(execute(view.stateAfter(block.number()), call, block.timestamp()));
    }

    private JsonNode estimateGas(View view, RpcParams params) {
        var call = params.object(0);
        var to = destination(call);
        var value = Quantity.parse(call.path("value").asString("0x0"));
        if (value.compareTo(view.state().balance(sender(call))) > 0) {
            throw RpcException.refused("insufficient funds for transfer");
        }
        execute(view.state(), call, known(view, "latest").timestamp());
        return text(Quantity.of(Gas.needed(to.flatMap(view.state()::token).orElse(null), RpcParams.callData(call))));
    }

    private static String execute(WorldState state, JsonNode call, long timestamp) {
        try {
            return state.call(sender(call), destination(call).orElse(null), RpcParams.callData(call), timestamp);
        } catch (RevertException reverted) {
            throw RpcException.reverted(reverted.reason());
        }
    }

    private static Address sender(JsonNode call) {
        return call.has("from") ? RpcParams.address(call.path("from").asString("")) : Address.ZERO;
    }

    private static Optional<Address> destination(JsonNode call) {
        return call.has("to") ? Optional.of(RpcParams.address(call.path("to").asString(""))) : Optional.empty();
    }

    private JsonNode feeHistory(View view, RpcParams params) {
        var requested = params.params().path(0).isNumber()
                ? BigInteger.valueOf(params.params().path(0).asLong())
                : Quantity.parse(params.text(0));
        long newest = known(view, params.blockTag(1)).number();
        long count = requested
                .min(BigInteger.valueOf(Math.min(FEE_HISTORY_BLOCKS_MAX, newest + 1)))
                .longValueExact();
        var history = Json.object().put("oldestBlock", Quantity.of(newest - count + 1));
        var baseFees = history.putArray("baseFeePerGas").add(Quantity.of(Gas.BASE_FEE_WEI));
        var ratios = history.putArray("gasUsedRatio");
        var rewards = history.putArray("reward");
        for (long i = 0; i < count; i++) {
            baseFees.add(Quantity.of(Gas.BASE_FEE_WEI));
            ratios.add(0);
            var reward = rewards.addArray();
            params.params().path(2).forEach(percentile -> reward.add(Quantity.of(Gas.TIP_WEI)));
        }
        return history;
    }

    private static JsonNode block(Optional<Block> block, boolean whole) {
        return block.<JsonNode>map(found -> RpcJson.block(found, whole)).orElseGet(Rpc::nothing);
    }

    private static JsonNode nothing() {
        return Json.parse("null");
    }

    private static JsonNode text(String text) {
        return Json.array().add(text).get(0);
    }
}
