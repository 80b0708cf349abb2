package io.bursar.stablecoin.evm;

import static io.bursar.stablecoin.evm.FakeNode.error;
import static io.bursar.stablecoin.evm.FakeNode.http;
import static io.bursar.stablecoin.evm.FakeNode.none;
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
        try (var node = refusing("insufficient funds for gas * price + value", none())) {
            assertThat(rpc(node).send(SIGNED))
                    .isEqualTo(new SendResult.Refused(-32000, "insufficient funds for gas * price + value"));
        }
    }

    @Test
    void a_refusal_after_somebody_may_have_taken_it_is_unknown() {
        try (var broken = saying(http(502, ""));
                var second = refusing("nonce too low", none())) {
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

    @Test
    void a_refusal_of_what_was_taken_before_is_no_refusal() {
        var mined = "{\"hash\":\"%s\",\"from\":\"%s\",\"nonce\":\"0x0\",\"blockNumber\":\"0x5\"}"
                .formatted(HASH, Wires.PAYER);
        try (var before = refusing("nonce too low", result(mined));
                var unsure = refusing("nonce too low", error(-32603, "internal error"))) {
            assertThat(rpc(before).send(SIGNED)).isEqualTo(new SendResult.Accepted(HASH));
            assertThat(rpc(unsure).send(SIGNED)).isInstanceOf(SendResult.Unknown.class);
        }
    }

    private static FakeNode refusing(String words, FakeNode.Reply toLookup) {
        return saying(asked -> asked.method().equals("eth_sendRawTransaction") ? error(-32000, words) : toLookup);
    }

    private static EvmRpc rpc(FakeNode... nodes) {
        var urls = List.of(nodes).stream().map(FakeNode::url).toArray(URI[]::new);
        return new EvmRpc(ChainRegistry.chain(8453).orElseThrow(), List.of(urls), http, Clock.systemUTC());
    }
}
