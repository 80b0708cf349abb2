package io.bursar.stablecoin.evm;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of Ethereum. Whatever does not have the form of the specification is a {@link MalformedAnswer}. */
final class Wire {

    private static final long EPOCH_SECOND_MAX = 253_402_300_799L;
    private static final int TOPICS_MAX = 4;

    private Wire() {}

    static BlockHeader header(JsonNode block) {
        var timestamp = longQuantity(field(block, "timestamp"), "timestamp");
        expect(timestamp <= EPOCH_SECOND_MAX, "timestamp after the year 9999");
        return new BlockHeader(
                longQuantity(field(block, "number"), "number"),
                blockHash(field(block, "hash")),
                blockHash(field(block, "parentHash")),
                Instant.ofEpochSecond(timestamp));
    }

    static Receipt receipt(JsonNode node) {
        var txHash = txHash(field(node, "transactionHash"));
        var blockHash = blockHash(field(node, "blockHash"));
        var logs = logs(field(node, "logs"));
        var last = -1L;
        for (var log : logs) {
            expect(log.txHash().equals(txHash) && log.blockHash().equals(blockHash), "a log of another transaction");
            // A log's ordinal is its identity for ever, so an answer in another order is worse than none.
            expect(log.logIndex() > last, "logs out of order");
            last = log.logIndex();
        }
        var status = longQuantity(field(node, "status"), "status");
        expect(status == 0 || status == 1, "status neither 0 nor 1");
        return new Receipt(
                txHash,
                blockHash,
                longQuantity(field(node, "blockNumber"), "blockNumber"),
                status == 1,
                type(node),
                address(field(node, "from")),
                logs);
    }

    static List<EvmLog> logs(JsonNode array) {
        expect(array.isArray(), "logs: not an array");
        var logs = new ArrayList<EvmLog>(array.size());
        for (var node : array) {
            logs.add(log(node));
        }
        return logs;
    }

    private static EvmLog log(JsonNode node) {
        var data = string(field(node, "data"), "data");
        expect(Hex.isBytes(data), "data: not a byte string");
        return new EvmLog(
                address(field(node, "address")),
                topics(field(node, "topics")),
                data,
                removed(node),
                blockHash(field(node, "blockHash")),
                longQuantity(field(node, "blockNumber"), "blockNumber"),
                txHash(field(node, "transactionHash")),
                longQuantity(field(node, "logIndex"), "logIndex"));
    }

    private static List<String> topics(JsonNode array) {
        expect(array.isArray() && array.size() <= TOPICS_MAX, "topics: not an array of at most four");
        var topics = new ArrayList<String>(array.size());
        for (var node : array) {
            var topic = string(node, "topic");
            expect(Hex.isWord(topic), "topic: not a 32-byte word");
            topics.add(Hex.lower(topic));
        }
        return topics;
    }

    private static boolean removed(JsonNode log) {
        var removed = log.get("removed");
        if (removed == null || removed.isNull()) {
            return false;
        }
        expect(removed.isBoolean(), "removed: not a boolean");
        return removed.booleanValue();
    }

    private static int type(JsonNode receipt) {
        var type = receipt.get("type");
        if (type == null || type.isNull()) {
            return 0;
        }
        var number = longQuantity(type, "type");
        expect(number <= 0xff, "type above 0xff");
        return (int) number;
    }

    static ChainTransaction transaction(JsonNode node) {
        return new ChainTransaction(
                txHash(field(node, "hash")),
                address(field(node, "from")),
                longQuantity(field(node, "nonce"), "nonce"),
                blockNumberOrNone(node));
    }

    private static @Nullable Long blockNumberOrNone(JsonNode transaction) {
        var number = transaction.get("blockNumber");
        return number == null || number.isNull() ? null : Long.valueOf(longQuantity(number, "blockNumber"));
    }

    static TxHash txHash(JsonNode node) {
        return TxHash.parse(string(node, "hash")).orElseThrow(() -> new MalformedAnswer("transaction hash: bad form"));
    }

    private static BlockHash blockHash(JsonNode node) {
        return BlockHash.parse(string(node, "hash")).orElseThrow(() -> new MalformedAnswer("block hash: bad form"));
    }

    private static Address address(JsonNode node) {
        // Lower-cased first: nodes that send a checksum get it right, and the value is what counts.
        return Address.parse(Hex.lower(string(node, "address")))
                .orElseThrow(() -> new MalformedAnswer("address: bad form"));
    }

    static long longQuantity(JsonNode node, String what) {
        return Hex.longQuantity(string(node, what));
    }

    static BigInteger quantity(JsonNode node, String what) {
        return Hex.quantity(string(node, what));
    }

    static String byteString(JsonNode node, String what) {
        var text = string(node, what);
        expect(Hex.isBytes(text), what + ": not a byte string");
        return Hex.lower(text);
    }

    private static String string(JsonNode node, String what) {
        expect(node.isString(), what + ": not a string");
        return node.stringValue();
    }

    private static JsonNode field(JsonNode node, String name) {
        var value = node.get(name);
        if (value == null || value.isNull()) {
            throw new MalformedAnswer(name + ": missing");
        }
        return value;
    }

    static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedAnswer(otherwise);
        }
    }
}
