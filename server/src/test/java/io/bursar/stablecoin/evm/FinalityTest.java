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
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blocks are counted only where the tag is not known; anything else would call a payment final that is not. */
class FinalityTest {

    private static final int HEAD = 10_000;
    private static final int BASE_FINAL_BLOCKS = 600;

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
    void the_tag_is_believed() {
        try (var node = nodeSaying(result(Wires.header(9_000)))) {
            assertThat(rpc(node).head(Finality.FINAL)).isEqualTo(answered(9_000, false));
        }
    }

    @Test
    void an_endpoint_that_rejects_the_tag_has_its_blocks_counted_and_that_is_recorded() {
        try (var node = nodeSaying(error(-32602, "hex string without 0x prefix"))) {
            var rpc = rpc(node);

            assertThat(rpc.head(Finality.FINAL)).isEqualTo(answered(HEAD - BASE_FINAL_BLOCKS, true));
            assertThat(rpc.health().getFirst().rejectedTags()).containsExactly(Finality.FINAL);
        }
    }

    @Test
    void a_rejected_tag_is_not_asked_again_for_an_hour_and_then_it_is() {
        try (var node = nodeSaying(error(-32602, "unknown tag"))) {
            var rpc = rpc(node);

            assertThat(rpc.head(Finality.FINAL)).isInstanceOf(RpcAnswer.Answered.class);
            assertThat(rpc.head(Finality.FINAL)).isInstanceOf(RpcAnswer.Answered.class);
            assertThat(timesAskedForTag(node)).isEqualTo(1);

            now.set(now.get().plus(Endpoint.TAG_RECHECK));
            assertThat(rpc.head(Finality.FINAL)).isInstanceOf(RpcAnswer.Answered.class);
            assertThat(timesAskedForTag(node)).isEqualTo(2);
        }
    }

    @Test
    void the_tag_of_a_second_endpoint_is_better_than_counting() {
        try (var old = nodeSaying(error(-32602, "unknown tag"));
                var current = nodeSaying(result(Wires.header(9_500)))) {
            assertThat(rpc(old, current).head(Finality.FINAL)).isEqualTo(answered(9_500, false));
        }
    }

    @Test
    void an_endpoint_that_is_down_or_errs_otherwise_is_not_one_that_rejects_the_tag() {
        try (var down = nodeSaying(http(503, ""));
                var erring = nodeSaying(error(-39001, "Unknown block"))) {
            assertThat(rpc(down).head(Finality.FINAL)).isInstanceOf(RpcAnswer.Unavailable.class);
            assertThat(rpc(erring).head(Finality.FINAL)).isInstanceOf(RpcAnswer.Unavailable.class);
        }
    }

    @Test
    void a_chain_without_a_final_block_has_none() {
        try (var node = nodeSaying(none())) {
            assertThat(rpc(node).head(Finality.FINAL)).isEqualTo(new RpcAnswer.Absent<FinalityHead>());
        }
    }

    @Test
    void fast_is_always_counted() {
        try (var node = nodeSaying(result(Wires.header(9_000)))) {
            assertThat(rpc(node).head(Finality.FAST))
                    .isEqualTo(new RpcAnswer.Answered<>(new FinalityHead(Finality.FAST, header(HEAD - 1), true)));
        }
    }

    private static FakeNode nodeSaying(FakeNode.Reply toTheTag) {
        return saying(asked -> {
            var which = asked.params().get(0).stringValue();
            return switch (which) {
                case "latest" -> result(Wires.header(HEAD));
                case "safe", "finalized" -> toTheTag;
                default -> result(Wires.header(Hex.longQuantity(which)));
            };
        });
    }

    private static long timesAskedForTag(FakeNode node) {
        return node.asked().stream()
                .filter(asked -> asked.params().get(0).stringValue().equals("finalized"))
                .count();
    }

    private static RpcAnswer<FinalityHead> answered(long number, boolean byBlockCount) {
        return new RpcAnswer.Answered<>(new FinalityHead(Finality.FINAL, header(number), byBlockCount));
    }

    private static BlockHeader header(long number) {
        return new BlockHeader(
                number,
                BlockHash.of(Wires.blockHash(number)),
                BlockHash.of(Wires.blockHash(number - 1)),
                Instant.ofEpochSecond(0x6553f100));
    }

    private EvmRpc rpc(FakeNode... nodes) {
        var urls = List.of(nodes).stream().map(FakeNode::url).toArray(URI[]::new);
        return new EvmRpc(ChainRegistry.chain(8453).orElseThrow(), List.of(urls), http, clock);
    }
}
