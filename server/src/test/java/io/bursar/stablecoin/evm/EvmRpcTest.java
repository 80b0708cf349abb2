package io.bursar.stablecoin.evm;

import static io.bursar.stablecoin.evm.FakeNode.error;
import static io.bursar.stablecoin.evm.FakeNode.http;
import static io.bursar.stablecoin.evm.FakeNode.none;
import static io.bursar.stablecoin.evm.FakeNode.result;
import static io.bursar.stablecoin.evm.FakeNode.saying;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is concluded from endpoints that fail, disagree, lie or drag. */
class EvmRpcTest {

    private static final TxHash TX = TxHash.of(Wires.TX);
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    private static HttpClient http;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final InstantSource source = now::get;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @BeforeAll
    static void openClient() {
        http = EvmRpc.httpClient();
    }

    @AfterAll
    static void closeClient() {
        http.close();
    }

    @Test
    void a_receipt_the_first_endpoint_does_not_have_is_looked_up_on_the_second() {
        try (var lagging = saying(none());
                var current = saying(result(Wires.receipt(5, Wires.log(5, 0))))) {
            assertThat(rpc(lagging, current).receipt(TX)).isInstanceOf(RpcAnswer.Answered.class);
        }
    }

    @Test
    void a_receipt_is_absent_when_two_say_so_and_a_third_is_not_asked() {
        try (var first = saying(none());
                var second = saying(none());
                var third = saying(none())) {
            assertThat(rpc(first, second, third).receipt(TX)).isEqualTo(new RpcAnswer.Absent<Receipt>());
            assertThat(third.asked()).isEmpty();
        }
    }

    @Test
    void one_no_and_one_broken_endpoint_are_a_no_but_broken_ones_alone_are_not() {
        try (var says = saying(none());
                var broken = saying(http(503, "maintenance"))) {
            assertThat(rpc(says, broken).receipt(TX)).isEqualTo(new RpcAnswer.Absent<Receipt>());
            assertThat(rpc(broken, says).receipt(TX)).isEqualTo(new RpcAnswer.Absent<Receipt>());
            assertThat(failure(rpc(broken, broken).receipt(TX)).errorCode()).isEqualTo("http_status_503");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>hello</html>",
                "[]",
                "{}",
                "{\"jsonrpc\":\"2.0\",\"id\":999999,\"result\":\"0x1\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"0x1\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1",
                ""
            })
    void what_is_not_json_rpc_to_our_request_is_malformed(String body) {
        try (var node = saying(http(200, body))) {
            assertThat(failure(rpc(node).blockNumber()).kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"7\"", "\"0x\"", "\"0xzz\"", "\"0x8000000000000000\"", "\"-0x1\"", "{}"})
    void what_is_not_a_quantity_is_no_block_number(String json) {
        try (var node = saying(result(json))) {
            assertThat(failure(rpc(node).blockNumber()).kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
        }
    }

    @Test
    void a_receipt_of_another_transaction_or_with_logs_out_of_order_is_malformed() {
        var other = Wires.receipt(5).replace(Wires.TX, "0x" + "99".repeat(32));
        try (var confused = saying(result(other));
                var disordered = saying(result(Wires.receipt(5, Wires.log(5, 3), Wires.log(5, 2))));
                var mixed = saying(result(Wires.receipt(5, Wires.log(6, 0))))) {
            assertThat(failure(rpc(confused).receipt(TX)).kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
            assertThat(failure(rpc(disordered).receipt(TX)).kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
            assertThat(failure(rpc(mixed).receipt(TX)).kind()).isEqualTo(RpcFailure.Kind.MALFORMED);
        }
    }

    @Test
    void a_json_rpc_error_is_no_answer_and_the_next_endpoint_is_asked() {
        try (var failing = saying(error(-32603, "internal error"));
                var working = saying(result("\"0x7\""))) {
            assertThat(rpc(failing, working).blockNumber()).isEqualTo(new RpcAnswer.Answered<>(7L));
            assertThat(failure(rpc(failing).blockNumber()).errorCode()).isEqualTo("rpc_error_-32603");
        }
    }

    @Test
    void too_many_requests_is_told_as_such() {
        try (var node = saying(http(429, "{}"))) {
            assertThat(failure(rpc(node).blockNumber()).kind()).isEqualTo(RpcFailure.Kind.RATE_LIMITED);
        }
    }

    @Test
    void an_endpoint_that_says_nothing_is_given_up_after_the_timeout() {
        try (var silent = saying(new FakeNode.Reply.Silence());
                var working = saying(result("\"0x7\""))) {
            assertThat(failure(rpc(silent).blockNumber()).kind()).isEqualTo(RpcFailure.Kind.TIMEOUT);
            assertThat(rpc(silent, working).blockNumber()).isEqualTo(new RpcAnswer.Answered<>(7L));
        }
    }

    @Test
    void an_endless_answer_is_cut_off() {
        var endless = " ".repeat(JsonRpcHttp.RESPONSE_BYTES_MAX + 1);
        try (var node = saying(http(200, endless))) {
            var patient = rpc(Duration.ofSeconds(20), node.url());

            assertThat(failure(patient.blockNumber()).kind()).isEqualTo(RpcFailure.Kind.RESPONSE_TOO_LARGE);
        }
    }

    @Test
    void a_port_where_nobody_listens_cannot_be_connected_to() {
        var gone = saying(none());
        gone.close();

        assertThat(failure(rpc(gone).blockNumber()).kind()).isEqualTo(RpcFailure.Kind.CONNECT);
    }

    @Test
    void an_endpoint_that_failed_is_asked_last_until_it_has_cooled_down() {
        try (var failing = saying(http(500, ""));
                var working = saying(result("\"0x7\""))) {
            var rpc = rpc(failing, working);

            assertThat(rpc.blockNumber()).isInstanceOf(RpcAnswer.Answered.class);
            assertThat(rpc.blockNumber()).isInstanceOf(RpcAnswer.Answered.class);
            assertThat(failing.asked()).hasSize(1);

            now.set(now.get().plus(Endpoint.COOL_DOWN));
            assertThat(rpc.blockNumber()).isInstanceOf(RpcAnswer.Answered.class);
            assertThat(failing.asked()).hasSize(2);
        }
    }

    @Test
    void a_revert_is_the_contracts_answer_and_no_second_opinion_is_sought() {
        try (var node = saying(error(3, "execution reverted: paused"));
                var second = saying(result("\"0x\""))) {
            var token = Address.of(Wires.TOKEN);

            assertThat(rpc(node, second).call(token, Erc20.decimalsCall()))
                    .isEqualTo(new RpcAnswer.Answered<>(new CallResult.Reverted("execution reverted: paused")));
            assertThat(second.asked()).isEmpty();
        }
    }

    @Test
    void health_tells_last_success_last_error_and_latency() {
        try (var node = saying(asked ->
                asked.method().equals("eth_blockNumber") ? result("\"0x7\"") : error(-32000, "no such thing"))) {
            var rpc = rpc(node);

            assertThat(rpc.health().getFirst().lastSuccess()).isNull();
            assertThat(rpc.blockNumber()).isInstanceOf(RpcAnswer.Answered.class);
            assertThat(failure(rpc.genesis()).code()).isEqualTo(-32000);

            var health = rpc.health().getFirst();
            assertThat(health.lastSuccess()).isEqualTo(now.get());
            assertThat(health.lastFailure()).isEqualTo(now.get());
            assertThat(health.lastErrorCode()).isEqualTo("rpc_error_-32000");
            assertThat(health.latency()).isPositive();
        }
    }

    @Test
    void credentials_in_the_url_are_used_and_never_shown() {
        var words = "project a1b2c3d4e5f6a1b2c3d4 is over its limit";
        try (var node = saying(error(-32000, words))) {
            var url = node.url("alice:opensesame@", "/v2/a1b2c3d4e5f6a1b2c3d4?token=verysecrettoken");
            var rpc = rpc(TIMEOUT, url);

            var failure = failure(rpc.blockNumber());

            assertThat(failure.message()).isEqualTo("project *** is over its limit");
            assertThat(rpc.health().getFirst().endpoint())
                    .isEqualTo(node.url("/***").toString());
            assertThat(node.asked().getFirst().authorization())
                    .isEqualTo("Basic "
                            + Base64.getEncoder().encodeToString("alice:opensesame".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private EvmRpc rpc(FakeNode... nodes) {
        return rpc(TIMEOUT, List.of(nodes).stream().map(FakeNode::url).toArray(URI[]::new));
    }

    private EvmRpc rpc(Duration timeout, URI... urls) {
        return new EvmRpc(ChainRegistry.chain(8453).orElseThrow(), List.of(urls), http, clock, timeout);
    }

    private static RpcFailure failure(RpcAnswer<?> answer) {
        assertThat(answer).isInstanceOf(RpcAnswer.Unavailable.class);
        return ((RpcAnswer.Unavailable<?>) answer).failure();
    }
}
