package io.bursar.sandbox.evm;

import io.bursar.sandbox.http.Json;
import java.util.function.Predicate;
import org.web3j.utils.Bloom;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Blocks, transactions, receipts and logs in the shapes of the execution API. */
final class RpcJson {
    private static final String EMPTY_BLOOM = "0x" + "0".repeat(512);
    private static final String EMPTY_UNCLES = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";
    private static final String EMPTY_ROOT = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

    private RpcJson() {}

    static ObjectNode block(Block block, boolean whole) {
        var json = Json.object()
                .put("number", Quantity.of(block.number()))
                .put("hash", block.hash().hex())
                .put("parentHash", block.parentHash().hex())
                .put("nonce", "0x0000000000000000")
                .put("sha3Uncles", EMPTY_UNCLES)
                .put("logsBloom", bloom(block))
                .put("transactionsRoot", EMPTY_ROOT)
                .put("stateRoot", block.hash().hex())
                .put("receiptsRoot", EMPTY_ROOT)
                .put("miner", Address.ZERO.hex())
                .put("difficulty", "0x0")
                .put("extraData", "0x")
                .put("mixHash", Hash32.ZERO.hex())
                .put("size", Quantity.of(512))
                .put("gasLimit", Quantity.of(Gas.BLOCK_LIMIT))
                .put("gasUsed", Quantity.of(block.gasUsed()))
                .put("timestamp", Quantity.of(block.timestamp()))
                .put("baseFeePerGas", Quantity.of(Gas.BASE_FEE_WEI));
        json.putArray("uncles");
        var transactions = json.putArray("transactions");
        for (var mined : block.transactions()) {
            if (whole) {
                transactions.add(transaction(mined, block));
            } else {
                transactions.add(mined.transaction().hash().hex());
            }
        }
        return json;
    }

    static ObjectNode transaction(Mined mined, Block block) {
        return transaction(mined.transaction())
                .put("blockHash", block.hash().hex())
                .put("blockNumber", Quantity.of(block.number()))
                .put("transactionIndex", Quantity.of(mined.index()))
                .put("gasPrice", Quantity.of(mined.gasPrice()));
    }

    /** Without a block: one that waits in the mempool. */
    static ObjectNode transaction(Transaction transaction) {
        var json = Json.object()
                .putNull("blockHash")
                .putNull("blockNumber")
                .putNull("transactionIndex")
                .put("hash", transaction.hash().hex())
                .put("type", transaction.dynamicFee() ? "0x2" : "0x0")
                .put("nonce", Quantity.of(transaction.nonce()))
                .put("from", transaction.from().hex())
                .put("to", transaction.to() == null ? null : transaction.to().hex())
                .put("value", Quantity.of(transaction.value()))
                .put("gas", Quantity.of(transaction.gasLimit()))
                .put("gasPrice", Quantity.of(transaction.feeMax()))
                .put("input", transaction.input())
                .put("v", transaction.v())
                .put("r", transaction.r())
                .put("s", transaction.s());
        if (transaction.chainId() != null) {
            json.put("chainId", Quantity.of(transaction.chainId()));
        }
        if (transaction.dynamicFee()) {
            json.put("maxFeePerGas", Quantity.of(transaction.feeMax()))
                    .put("maxPriorityFeePerGas", Quantity.of(transaction.tipMax()))
                    .put("yParity", transaction.v())
                    .putArray("accessList");
        }
        return json;
    }

    static ObjectNode receipt(Mined mined, Block block) {
        var transaction = mined.transaction();
        var json = Json.object()
                .put("transactionHash", transaction.hash().hex())
                .put("transactionIndex", Quantity.of(mined.index()))
                .put("blockHash", block.hash().hex())
                .put("blockNumber", Quantity.of(block.number()))
                .put("from", transaction.from().hex())
                .put("to", transaction.to() == null ? null : transaction.to().hex())
                .put("cumulativeGasUsed", Quantity.of(mined.cumulativeGasUsed()))
                .put("gasUsed", Quantity.of(mined.gasUsed()))
                .put("effectiveGasPrice", Quantity.of(mined.gasPrice()))
                .putNull("contractAddress")
                .put("logsBloom", bloom(mined))
                .put("type", transaction.dynamicFee() ? "0x2" : "0x0")
                .put("status", mined.succeeded() ? "0x1" : "0x0");
        json.set("logs", logs(mined, block, event -> true));
        return json;
    }

    static ArrayNode logs(Mined mined, Block block, Predicate<Event> wanted) {
        var logs = Json.array();
        for (int i = 0; i < mined.events().size(); i++) {
            var event = mined.events().get(i);
            if (wanted.test(event)) {
                logs.add(log(event, mined, block, mined.firstLogIndex() + i));
            }
        }
        return logs;
    }

    private static ObjectNode log(Event event, Mined mined, Block block, int logIndex) {
        var json = Json.object()
                .put("address", event.address().hex())
                .put("data", event.data())
                .put("blockHash", block.hash().hex())
                .put("blockNumber", Quantity.of(block.number()))
                .put("blockTimestamp", Quantity.of(block.timestamp()))
                .put("transactionHash", mined.transaction().hash().hex())
                .put("transactionIndex", Quantity.of(mined.index()))
                .put("logIndex", Quantity.of(logIndex))
                .put("removed", false);
        var topics = json.putArray("topics");
        event.topics().forEach(topic -> topics.add(topic.hex()));
        return json;
    }

    private static String bloom(Block block) {
        var bloom = new Bloom();
        block.transactions().forEach(mined -> mined.events().forEach(event -> add(bloom, event)));
        return block.transactions().isEmpty() ? EMPTY_BLOOM : bloom.getBytesHexString();
    }

    private static String bloom(Mined mined) {
        var bloom = new Bloom();
        mined.events().forEach(event -> add(bloom, event));
        return mined.events().isEmpty() ? EMPTY_BLOOM : bloom.getBytesHexString();
    }

    private static void add(Bloom bloom, Event event) {
        bloom.add(event.address().hex());
        event.topics().forEach(topic -> bloom.add(topic.hex()));
    }
}
