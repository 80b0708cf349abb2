package io.bursar.stablecoin.evm;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One JSON-RPC question and how to read its answer; {@code decode} throws {@link MalformedAnswer} on nonsense. Only
 * to a look-up is null an answer ("there is none").
 */
record Query<T>(String method, List<Object> params, boolean isLookup, Function<JsonNode, T> decode) {

    private static final String SEND = "eth_sendRawTransaction";

    Query {
        params = List.copyOf(params);
    }

    static <T> Query<T> read(String method, List<Object> params, Function<JsonNode, T> decode) {
        return new Query<>(method, params, false, decode);
    }

    private static <T> Query<T> lookup(String method, List<Object> params, Function<JsonNode, T> decode) {
        return new Query<>(method, params, true, decode);
    }

    /** A read may be asked again when the connection broke; a broadcast may have arrived, and that must be told. */
    boolean isRepeatable() {
        return !SEND.equals(method);
    }

    static Query<Long> chainId() {
        return read("eth_chainId", List.of(), node -> Wire.longQuantity(node, "chain id"));
    }

    static Query<Long> blockNumber() {
        return read("eth_blockNumber", List.of(), node -> Wire.longQuantity(node, "block number"));
    }

    static Query<BlockHeader> taggedBlock(String tag) {
        return lookup("eth_getBlockByNumber", List.of(tag, false), Wire::header);
    }

    static Query<BlockHeader> block(long number) {
        return lookup("eth_getBlockByNumber", List.of(Hex.quantity(number), false), node -> {
            var header = Wire.header(node);
            Wire.expect(header.number() == number, "another block than asked for");
            return header;
        });
    }

    static Query<BlockHeader> block(BlockHash hash) {
        return lookup("eth_getBlockByHash", List.of(hash.hex(), false), node -> {
            var header = Wire.header(node);
            Wire.expect(header.hash().equals(hash), "another block than asked for");
            return header;
        });
    }

    static Query<Receipt> receipt(TxHash hash) {
        return lookup("eth_getTransactionReceipt", List.of(hash.hex()), node -> {
            var receipt = Wire.receipt(node);
            Wire.expect(receipt.txHash().equals(hash), "another receipt than asked for");
            return receipt;
        });
    }

    static Query<ChainTransaction> transaction(TxHash hash) {
        return lookup("eth_getTransactionByHash", List.of(hash.hex()), node -> {
            var transaction = Wire.transaction(node);
            Wire.expect(transaction.hash().equals(hash), "another transaction than asked for");
            return transaction;
        });
    }

    static Query<TxHash> send(String signedTransaction, TxHash hash) {
        return read(SEND, List.of(signedTransaction), node -> {
            Wire.expect(Wire.txHash(node).equals(hash), "another transaction hash than that of what was sent");
            return hash;
        });
    }
}
