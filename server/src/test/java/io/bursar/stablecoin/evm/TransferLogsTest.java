package io.bursar.stablecoin.evm;

import static io.bursar.stablecoin.evm.FakeNode.error;
import static io.bursar.stablecoin.evm.FakeNode.none;
import static io.bursar.stablecoin.evm.FakeNode.result;
import static io.bursar.stablecoin.evm.FakeNode.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A list of Transfers comes whole or not at all, whatever range the endpoint happens to allow. */
class TransferLogsTest {

    private static final long HEAD = 9_999;
    private static final LogFilter FILTER =
            new LogFilter(List.of(Address.of(Wires.TOKEN)), List.of(Address.of(Wires.DEPOSIT)));

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
    void a_range_too_wide_for_the_endpoint_is_bisected_and_the_size_that_works_is_remembered() {
        try (var node = nodeAllowing(100)) {
            var rpc = rpc(node);

            assertThat(numbers(rpc.transferLogs(FILTER, 0, HEAD))).containsExactly(10L, 1_500L, 9_990L);
            var before = node.asked().size();
            assertThat(numbers(rpc.transferLogs(FILTER, 0, 1_999))).containsExactly(10L, 1_500L);

            assertThat(rpc.health().getFirst().logSpanBlocks()).isBetween(1L, 125L);
            assertThat(refusals(node, before)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void an_endpoint_that_refuses_even_one_block_is_unavailable_and_its_span_is_not_blamed() {
        try (var node = nodeAllowing(0);
                var good = nodeAllowing(10_000)) {
            var alone = rpc(node);

            assertThat(failure(alone.transferLogs(FILTER, 0, HEAD)).errorCode()).isEqualTo("rpc_error_-32005");
            assertThat(alone.health().getFirst().logSpanBlocks()).isEqualTo(2_000);
            assertThat(numbers(rpc(node, good).transferLogs(FILTER, 0, HEAD))).hasSize(3);
        }
    }

    @Test
    void an_endpoint_behind_the_range_is_passed_over_for_one_that_has_seen_it() {
        try (var behind = saying(asked ->
                        asked.method().equals("eth_blockNumber") ? result(Wires.quantity(HEAD - 1)) : result("[]"));
                var current = nodeAllowing(10_000)) {
            assertThat(numbers(rpc(behind, current).transferLogs(FILTER, 0, HEAD)))
                    .hasSize(3);
            assertThat(failure(rpc(behind).transferLogs(FILTER, 0, HEAD)).kind())
                    .isEqualTo(RpcFailure.Kind.BEHIND);
        }
    }

    @Test
    void logs_that_were_not_asked_for_are_not_believed() {
        try (var otherContract = nodeSaying("[" + Wires.log(Wires.PAYER, 5, 0) + "]");
                var otherBlock = nodeSaying("[" + Wires.log(9_999, 0) + "]")) {
            assertThat(failure(rpc(otherContract).transferLogs(FILTER, 0, 9)).kind())
                    .isEqualTo(RpcFailure.Kind.MALFORMED);
            assertThat(failure(rpc(otherBlock).transferLogs(FILTER, 0, 9)).kind())
                    .isEqualTo(RpcFailure.Kind.MALFORMED);
        }
    }

    @Test
    void many_recipients_are_asked_for_in_pages() {
        var recipients = IntStream.range(0, LogReader.RECIPIENTS_PER_REQUEST + 1)
                .mapToObj(number -> Address.of("0x%040x".formatted(number)))
                .toList();
        try (var node = nodeSaying("[]")) {
            var answer = rpc(node).transferLogs(new LogFilter(FILTER.tokens(), recipients), 0, 9);

            assertThat(answer).isEqualTo(new RpcAnswer.Answered<>(List.of()));
            assertThat(node.asked())
                    .filteredOn(asked -> asked.method().equals("eth_getLogs"))
                    .extracting(
                            asked -> asked.params().get(0).get("topics").get(2).size())
                    .containsExactly(LogReader.RECIPIENTS_PER_REQUEST, 1);
        }
    }

    @Test
    void a_block_that_nobody_knows_is_absent() {
        try (var node = saying(none())) {
            assertThat(rpc(node).transferLogs(FILTER, BlockHash.of(Wires.blockHash(5))))
                    .isEqualTo(new RpcAnswer.Absent<List<EvmLog>>());
        }
    }

    @Test
    void a_range_backwards_or_wider_than_the_limit_is_our_mistake() {
        try (var node = saying(none())) {
            assertThatIllegalArgumentException().isThrownBy(() -> rpc(node).transferLogs(FILTER, 5, 4));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rpc(node).transferLogs(FILTER, 0, EvmRpc.LOG_RANGE_BLOCKS_MAX));
        }
    }

    /** Has three Transfers, and answers only ranges of so many blocks. */
    private static FakeNode nodeAllowing(long blocks) {
        return saying(asked -> {
            if (asked.method().equals("eth_blockNumber")) {
                return result(Wires.quantity(HEAD));
            }
            var from = Hex.longQuantity(asked.params().get(0).get("fromBlock").stringValue());
            var to = Hex.longQuantity(asked.params().get(0).get("toBlock").stringValue());
            if (to - from + 1 > blocks) {
                return error(-32005, "query returned more than some results");
            }
            var logs = LongStream.of(10, 1_500, 9_990)
                    .filter(block -> block >= from && block <= to)
                    .mapToObj(block -> Wires.log(block, 0))
                    .toList();
            return result("[" + String.join(",", logs) + "]");
        });
    }

    private static FakeNode nodeSaying(String logs) {
        return saying(asked -> asked.method().equals("eth_blockNumber") ? result(Wires.quantity(HEAD)) : result(logs));
    }

    /** Requests after the given one that were wider than the 100 blocks allowed. */
    private static long refusals(FakeNode node, int after) {
        return node.asked().stream()
                .skip(after)
                .filter(asked -> asked.method().equals("eth_getLogs"))
                .map(asked -> asked.params().get(0))
                .filter(range -> Hex.longQuantity(range.get("toBlock").stringValue())
                                - Hex.longQuantity(range.get("fromBlock").stringValue())
                        >= 100)
                .count();
    }

    private static List<Long> numbers(RpcAnswer<List<EvmLog>> answer) {
        assertThat(answer).isInstanceOf(RpcAnswer.Answered.class);
        return ((RpcAnswer.Answered<List<EvmLog>>) answer)
                .value().stream().map(EvmLog::blockNumber).toList();
    }

    private static RpcFailure failure(RpcAnswer<?> answer) {
        assertThat(answer).isInstanceOf(RpcAnswer.Unavailable.class);
        return ((RpcAnswer.Unavailable<?>) answer).failure();
    }

    private static EvmRpc rpc(FakeNode... nodes) {
        var urls = List.of(nodes).stream().map(FakeNode::url).toArray(URI[]::new);
        return new EvmRpc(ChainRegistry.chain(8453).orElseThrow(), List.of(urls), http, Clock.systemUTC());
    }
}
