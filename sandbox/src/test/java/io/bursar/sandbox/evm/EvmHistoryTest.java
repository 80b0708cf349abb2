package io.bursar.sandbox.evm;

import static io.bursar.sandbox.evm.NodeFixture.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.sandbox.TestClock;
import io.bursar.sandbox.Web;
import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reorganisations and restarts: what the chain forgets, and what it must not. */
class EvmHistoryTest {
    @TempDir
    Path directory;

    private NodeFixture chain;

    @BeforeEach
    void start() {
        chain = new NodeFixture(directory);
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    void a_reorganisation_drops_a_payment_and_replaces_its_blocks() {
        chain.node.mine(3);
        var hash = chain.pay(9);
        chain.node.mine(2);
        var kept = hashes(0, 3);
        var replaced = hashes(4, 5);

        var answer = Json.parse(Web.post(chain.node.url() + "/sandbox/reorg", "{\"depth\":2,\"mode\":\"drop\"}")
                .body());

        assertThat(answer.path("head").asLong()).isEqualTo(6);
        assertThat(answer.path("affected").path(0).asString()).isEqualTo(hash.hex());
        assertThat(chain.receipt(hash).isNull()).isTrue();
        assertThat(chain.call("eth_getTransactionByHash", hash.hex()).isNull()).isTrue();
        assertThat(chain.balance(SHOP)).isZero();
        assertThat(hashes(0, 3)).isEqualTo(kept);
        assertThat(hashes(4, 5)).doesNotContainAnyElementsOf(replaced);
        replaced.forEach(
                old -> assertThat(chain.call("eth_getBlockByHash", old, false).isNull())
                        .isTrue());
        assertChained();
    }

    @Test
    void a_reorganisation_mines_a_payment_again_in_another_block() {
        chain.node.mine(1);
        var hash = chain.pay(9);
        chain.node.mine(1);
        var before = chain.receipt(hash);
        chain.node.reorg(1, Reorg.REMINE);
        var after = chain.receipt(hash);
        assertThat(after.path("blockNumber")).isNotEqualTo(before.path("blockNumber"));
        assertThat(after.path("blockHash")).isNotEqualTo(before.path("blockHash"));
        assertThat(after.path("status").asString()).isEqualTo("0x1");
        assertThat(chain.balance(SHOP)).isEqualTo(9);
        assertChained();
    }

    @Test
    void a_dropped_transaction_can_be_sent_again() {
        chain.fundAlice();
        var raw = NodeFixture.signed(0, NodeFixture.USDC, NodeFixture.transfer(SHOP, 3));
        chain.call("eth_sendRawTransaction", raw);
        chain.node.mine(1);
        chain.node.reorg(1, Reorg.DROP);
        chain.call("eth_sendRawTransaction", raw);
        chain.node.mine(1);
        assertThat(chain.balance(SHOP)).isEqualTo(3);
    }

    @Test
    void a_second_start_continues_the_same_chain() {
        idle(4);
        var hash = chain.pay(11);
        idle(7);
        chain.node.reorg(3, Reorg.DROP);
        idle(2);
        chain.node.reorg(10, Reorg.REMINE);
        idle(5);
        var genesis = chain.node.genesis();
        var receipt = chain.receipt(hash);
        long head = chain.node.head();
        var before = hashes(0, head);

        chain.restart();

        assertThat(chain.node.genesis()).isEqualTo(genesis);
        assertThat(hashes(0, head)).isEqualTo(before);
        assertThat(chain.node.head()).isEqualTo(head);
        assertThat(chain.receipt(hash)).isEqualTo(receipt);
        assertThat(chain.balance(SHOP)).isEqualTo(11);
        idle(3);
        assertThat(hashes(0, head)).isEqualTo(before);
        assertChained();
    }

    @Test
    void a_torn_last_line_is_dropped() throws IOException {
        chain.pay(11);
        chain.node.mine(1);
        idle(2);
        var before = hashes(0, 3);
        chain.node.close();
        Files.writeString(directory.resolve("chain.log"), "block 4 1772", StandardOpenOption.APPEND);
        chain = new NodeFixture(directory);
        assertThat(chain.node.head()).isEqualTo(3);
        assertThat(hashes(0, 3)).isEqualTo(before);
        chain.pay(1);
        chain.node.mine(1);
        chain.restart();
        assertThat(chain.balance(SHOP)).isEqualTo(12);
    }

    @Test
    void a_day_without_payments_grows_neither_the_file_nor_the_history() throws IOException {
        idle(1);
        long size = Files.size(directory.resolve("chain.log"));
        idle(86_400);
        assertThat(Files.size(directory.resolve("chain.log"))).isEqualTo(size);
        assertThat(chain.node.head()).isEqualTo(86_401);
        var block = chain.call("eth_getBlockByNumber", "0xabcd", false);
        assertThat(chain.call("eth_getBlockByHash", block.path("hash").asString(), false))
                .isEqualTo(block);
    }

    @Test
    void a_directory_of_another_chain_is_refused() {
        chain.node.close();
        var other = new EvmNodeConfig(1, directory, 0, TestClock.at("2026-03-02T10:00:00Z"));
        assertThatThrownBy(() -> EvmNode.start(other)).hasMessageContaining("another chain");
    }

    private void idle(int seconds) {
        for (int i = 0; i < seconds; i++) {
            chain.clock.advance(Duration.ofSeconds(1));
            chain.node.mine(1);
        }
    }

    private void assertChained() {
        for (long number = 1; number <= chain.node.head(); number++) {
            var block = chain.call("eth_getBlockByNumber", Quantity.of(number), false);
            assertThat(block.path("parentHash").asString())
                    .isEqualTo(hashes(number - 1, number - 1).getFirst());
        }
    }

    private List<String> hashes(long from, long to) {
        var hashes = new ArrayList<String>();
        for (long number = from; number <= to; number++) {
            hashes.add(chain.call("eth_getBlockByNumber", Quantity.of(number), false)
                    .path("hash")
                    .asString());
        }
        return hashes;
    }
}
