package io.bursar.stablecoin.evm;

import static io.bursar.stablecoin.evm.FakeNode.error;
import static io.bursar.stablecoin.evm.FakeNode.http;
import static io.bursar.stablecoin.evm.FakeNode.result;
import static io.bursar.stablecoin.evm.FakeNode.saying;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** Money may leave only once, so "refused" is said only when nobody can have taken the transaction. */
class BroadcastTest {

    private static final String SIGNED = "0x02c0";
    private static final TxHash HASH = TxHash.of(Hex.text(Hash.sha3(Hex.bytes(SIGNED))));

    private static HttpClient http;

    @BeforeAll
    static void openClient() {
        http = EvmRpc.httpClient();
    }

    @AfterAll
    static void closeClient() {
        http.close();
    }

    @Test
    void an_accepted_transaction_has_the_hash_of_its_bytes() {
        try (var node = saying(result("\"" + HASH + "\""));
                var known = saying(error(-32000, "already known"))) {
            assertThat(rpc(node).send(SIGNED)).isEqualTo(new SendResult.Accepted(HASH));
            assertThat(rpc(known).send(SIGNED)).isEqualTo(new SendResult.Accepted(HASH));
        }
    }

    @Test
    void a_node_that_will_not_have_it_refuses_it_by_name() {
        try (var node = saying(error(-32000, "insufficient funds for gas * price + value"))) {
            assertThat(rpc(node).send(SIGNED))
                    .isEqualTo(new SendResult.Refused(-32000, "insufficient funds for gas * price + value"));
        }
    }

    @Test
    void a_refusal_after_somebody_may_have_taken_it_is_unknown() {
        try (var broken = saying(http(502, ""));
                var second = saying(error(-32003, "nonce too low"))) {
            assertThat(rpc(broken, second).send(SIGNED))
                    .isInstanceOfSatisfying(
                            SendResult.Unknown.class,
                            unknown -> assertThat(unknown.hash()).isEqualTo(HASH));
        }
    }

    @Test
    void a_node_that_answers_with_another_hash_or_not_at_all_leaves_it_unknown() {
        var gone = saying(http(500, ""));
        gone.close();
        try (var liar = saying(result("\"" + Wires.TX + "\""))) {
            assertThat(rpc(liar).send(SIGNED)).isInstanceOf(SendResult.Unknown.class);
            assertThat(rpc(gone).send(SIGNED)).isInstanceOf(SendResult.Unknown.class);
        }
    }

    @Test
    void an_error_of_the_endpoint_is_not_a_refusal_of_the_transaction() {
        try (var limited = saying(error(-32005, "limit exceeded"));
                var working = saying(result("\"" + HASH + "\""))) {
            assertThat(rpc(limited, working).send(SIGNED)).isEqualTo(new SendResult.Accepted(HASH));
            assertThat(rpc(limited).send(SIGNED)).isInstanceOf(SendResult.Unknown.class);
        }
    }

    private static EvmRpc rpc(FakeNode... nodes) {
        var urls = List.of(nodes).stream().map(FakeNode::url).toArray(URI[]::new);
        return new EvmRpc(ChainRegistry.chain(8453).orElseThrow(), List.of(urls), http, Clock.systemUTC());
    }
}
