package io.bursar.sandbox.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.TestClock;
import io.bursar.sandbox.Web;
import io.bursar.sandbox.http.Json;
import java.math.BigInteger;
import java.nio.file.Path;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;
import tools.jackson.databind.JsonNode;

/** A node of Base that mines by hand, and a client that speaks to it over HTTP. */
final class NodeFixture implements AutoCloseable {
    static final long BASE = 8453;
    static final Address USDC = Address.of("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
    static final Address SHOP = Address.of("0x00000000000000000000000000000000000005a0");
    static final Credentials ALICE =
            Credentials.create("0x00000000000000000000000000000000000000000000000000000000000a11ce");
    static final Address ALICE_ADDRESS = Address.of(ALICE.getAddress());

    final TestClock clock = TestClock.at("2026-03-02T10:00:00Z");
    EvmNode node;

    private final Path directory;

    NodeFixture(Path directory) {
        this.directory = directory;
        this.node = start();
    }

    void restart() {
        node.close();
        node = start();
    }

    private EvmNode start() {
        return EvmNode.start(new EvmNodeConfig(BASE, directory, 0, clock).minedByHand());
    }

    /** The result of a call that must succeed. */
    JsonNode call(String method, Object... params) {
        var answer = answer(method, params);
        assertThat(answer.has("error")).as(answer.toString()).isFalse();
        return answer.path("result");
    }

    JsonNode refusal(String method, Object... params) {
        var answer = answer(method, params);
        assertThat(answer.has("error")).as(answer.toString()).isTrue();
        return answer.path("error");
    }

    private JsonNode answer(String method, Object... params) {
        var request = Json.object().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        request.set("params", Json.parse(Json.write(params)));
        return Json.parse(Web.post(node.url(), request.toString()).body());
    }

    JsonNode read(String data) {
        var call = Json.object().put("to", USDC.hex()).put("data", data);
        return call("eth_call", call, "latest");
    }

    BigInteger balance(Address holder) {
        return Numeric.toBigInt(read("0x70a08231" + Words.of(holder)).asString());
    }

    Hash32 pay(long units) {
        return node.pay(USDC, SHOP, BigInteger.valueOf(units));
    }

    JsonNode receipt(Hash32 hash) {
        return call("eth_getTransactionReceipt", hash.hex());
    }

    void fundAlice() {
        node.give(ALICE_ADDRESS, BigInteger.TEN.pow(18));
        node.mint(USDC, ALICE_ADDRESS, BigInteger.valueOf(50_000_000));
        node.mine(1);
    }

    /** EIP-1559, signed by web3j. */
    static String signed(long nonce, Address to, String data) {
        return signed(BASE, nonce, to, data);
    }

    static String signed(long chainId, long nonce, Address to, String data) {
        var transaction = RawTransaction.createTransaction(
                chainId,
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(100_000),
                to.hex(),
                BigInteger.ZERO,
                data,
                BigInteger.valueOf(1_000_000),
                BigInteger.valueOf(50_000_000));
        return Numeric.toHexString(TransactionEncoder.signMessage(transaction, ALICE));
    }

    static String transfer(Address to, long units) {
        return "0xa9059cbb" + Words.of(to) + Words.of(BigInteger.valueOf(units));
    }

    @Override
    public void close() {
        node.close();
    }
}
