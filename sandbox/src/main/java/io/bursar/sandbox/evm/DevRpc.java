package io.bursar.sandbox.evm;

import io.bursar.sandbox.http.Json;
import java.math.BigInteger;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What only a development node answers: money from nowhere, and blocks on demand. */
final class DevRpc {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,78}");
    private static final int MINED_AT_ONCE_MAX = 10_000;

    private final DevWallets wallets;
    private final IntConsumer mine;

    DevRpc(DevWallets wallets, IntConsumer mine) {
        this.wallets = wallets;
        this.mine = mine;
    }

    JsonNode call(String method, RpcParams params) {
        return switch (method) {
            case "sandbox_faucet" -> faucet(params.object(0));
            case "sandbox_pay" -> pay(params.object(0));
            case "evm_mine" -> mine(params);
            default -> throw RpcException.methodNotFound(method);
        };
    }

    /** {@code {address, wei?, token?, amount?}}: native coin, tokens, or both. */
    private JsonNode faucet(JsonNode gift) {
        var to = RpcParams.address(gift.path("address").asString(""));
        var hashes = Json.object();
        if (gift.has("wei")) {
            hashes.put("native", wallets.give(to, number(gift, "wei")).hex());
        }
        if (gift.has("token")) {
            var token = RpcParams.address(gift.path("token").asString(""));
            hashes.put("token", wallets.mint(token, to, number(gift, "amount")).hex());
        }
        return hashes;
    }

    /** {@code {token, to, amount}} from the funded dev wallet; answers the transaction's hash. */
    private JsonNode pay(JsonNode payment) {
        var token = RpcParams.address(payment.path("token").asString(""));
        var to = RpcParams.address(payment.path("to").asString(""));
        var hash = wallets.pay(token, to, number(payment, "amount"));
        return Json.array().add(hash.hex()).get(0);
    }

    private JsonNode mine(RpcParams params) {
        var count = params.params().path(0);
        int blocks = count.isMissingNode() || count.isNull() ? 1 : count.asInt(0);
        if (blocks < 1 || blocks > MINED_AT_ONCE_MAX) {
            throw RpcException.invalidParams("blocks: " + blocks + " (expected: 1 to " + MINED_AT_ONCE_MAX + ")");
        }
        mine.accept(blocks);
        return Json.array().add("0x0").get(0);
    }

    private static BigInteger number(JsonNode node, String name) {
        var text = node.path(name).asString("");
        return DECIMAL.matcher(text).matches() ? new BigInteger(text) : Quantity.parse(text);
    }
}
