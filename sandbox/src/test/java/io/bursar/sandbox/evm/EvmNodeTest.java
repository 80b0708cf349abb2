package io.bursar.sandbox.evm;

import static io.bursar.sandbox.evm.NodeFixture.SHOP;
import static io.bursar.sandbox.evm.NodeFixture.USDC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.sandbox.TestClock;
import io.bursar.sandbox.Web;
import io.bursar.sandbox.http.Json;
import io.bursar.sandbox.http.Loopback;
import io.bursar.sandbox.http.Response;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvmNodeTest {
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
    void blocks_are_chained_and_found_by_number_and_by_hash() {
        chain.node.mine(2);
        chain.pay(5);
        chain.node.mine(3);
        for (long number = 1; number <= 5; number++) {
            var block = chain.call("eth_getBlockByNumber", Quantity.of(number), false);
            var parent = chain.call("eth_getBlockByNumber", Quantity.of(number - 1), false);
            assertThat(block.path("parentHash")).isEqualTo(parent.path("hash"));
            assertThat(chain.call("eth_getBlockByHash", block.path("hash").asString(), false))
                    .isEqualTo(block);
        }
        assertThat(chain.call("eth_getBlockByNumber", "0x6", false).isNull()).isTrue();
        assertThat(chain.call("eth_getBlockByHash", Hash32.ZERO.hex(), false).isNull())
                .isTrue();
    }

    @Test
    void safe_is_four_and_finalized_eight_behind_the_head() {
        chain.node.mine(20);
        assertThat(chain.call("eth_blockNumber").asString()).isEqualTo("0x14");
        assertThat(number("latest")).isEqualTo("0x14");
        assertThat(number("safe")).isEqualTo("0x10");
        assertThat(number("finalized")).isEqualTo("0xc");
        assertThat(number("earliest")).isEqualTo("0x0");
    }

    @Test
    void a_block_comes_with_every_second_of_the_clock() {
        var clock = TestClock.at("2026-03-02T10:00:00Z");
        try (var node = EvmNode.start(new EvmNodeConfig(1, directory.resolve("ticking"), 0, clock))) {
            assertThat(node.head()).isZero();
            clock.advance(Duration.ofSeconds(3));
            await().until(() -> node.head() == 3);
            clock.advance(Duration.ofDays(3));
            await().until(() -> node.head() == 15);
        }
    }

    @Test
    void the_token_answers_what_circles_contract_answers() {
        assertThat(chain.read("0x06fdde03").asString()).contains("55534420436f696e");
        assertThat(chain.read("0x95d89b41").asString()).contains("55534443");
        assertThat(chain.read("0x313ce567").asString()).endsWith("06");
        assertThat(chain.read("0x54fd4d50").asString()).contains("32");
        assertThat(chain.read("0x5c975abb").asString()).isEqualTo(Hash32.ZERO.hex());
        // The domain separator of USDC on Base, as the real contract computes it from its own name, version and chain.
        assertThat(chain.read("0x3644e515").asString())
                .isEqualTo("0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f");
        assertThat(chain.call("eth_getCode", USDC.hex(), "latest").asString()).isNotEqualTo("0x");
        assertThat(chain.call("eth_getCode", SHOP.hex(), "latest").asString()).isEqualTo("0x");
    }

    @Test
    void a_payment_leaves_a_receipt_a_transfer_log_and_a_balance() {
        var hash = chain.pay(12_500_000);
        assertThat(chain.receipt(hash).isNull()).isTrue();
        assertThat(chain.call("eth_getTransactionByHash", hash.hex())
                        .path("blockHash")
                        .isNull())
                .isTrue();
        chain.node.mine(1);

        var receipt = chain.receipt(hash);
        assertThat(receipt.path("status").asString()).isEqualTo("0x1");
        var log = receipt.path("logs").path(0);
        assertThat(log.path("address").asString()).isEqualTo(USDC.hex());
        assertThat(log.path("topics").path(0).asString())
                .isEqualTo("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
        assertThat(log.path("topics").path(2).asString())
                .isEqualTo(Words.topic(SHOP).hex());
        assertThat(log.path("data").asString()).endsWith("bebc20");
        assertThat(chain.balance(SHOP)).isEqualTo(12_500_000);
        assertThat(chain.call("eth_getTransactionByHash", hash.hex()).path("blockNumber"))
                .isEqualTo(receipt.path("blockNumber"));
    }

    @Test
    void a_balance_can_be_asked_as_of_an_earlier_block() {
        chain.pay(10);
        chain.node.mine(1);
        chain.pay(5);
        chain.node.mine(1);
        var call = Json.object().put("to", USDC.hex()).put("data", "0x70a08231" + Words.of(SHOP));
        assertThat(chain.call("eth_call", call, "0x1").asString()).endsWith("0a");
        assertThat(chain.call("eth_call", call, "latest").asString()).endsWith("0f");
    }

    @Test
    void logs_are_found_by_range_block_address_and_topics() {
        var first = chain.pay(1);
        chain.node.mine(1);
        chain.node.pay(USDC, Address.of("0x00000000000000000000000000000000000000ff"), BigInteger.TWO);
        chain.node.mine(1);
        var transfer = TokenContract.TRANSFER.hex();
        var toShop = Words.topic(SHOP).hex();

        assertThat(logs(Map.of("fromBlock", "0x0", "toBlock", "latest"))).isEqualTo(2);
        assertThat(logs(Map.of("fromBlock", "0x2", "toBlock", "0x64"))).isEqualTo(1);
        assertThat(logs(Map.of("fromBlock", "0x0", "topics", Arrays.asList(transfer, null, toShop))))
                .isEqualTo(1);
        assertThat(logs(Map.of("fromBlock", "0x0", "topics", Arrays.asList(transfer, null, List.of(toShop, transfer)))))
                .isEqualTo(1);
        assertThat(logs(Map.of("fromBlock", "0x0", "address", List.of(USDC.hex(), SHOP.hex()))))
                .isEqualTo(2);
        assertThat(logs(Map.of("fromBlock", "0x0", "address", SHOP.hex()))).isZero();
        assertThat(logs(Map.of(
                        "blockHash", chain.receipt(first).path("blockHash").asString())))
                .isEqualTo(1);
        chain.node.faults().limitLogRange(2);
        assertThat(chain.refusal("eth_getLogs", Map.of("fromBlock", "0x0", "toBlock", "0x2"))
                        .path("code")
                        .asInt())
                .isEqualTo(-32005);
    }

    @Test
    void a_batch_is_answered_call_by_call() {
        var batch = """
                [{"jsonrpc":"2.0","id":1,"method":"eth_chainId"},{"jsonrpc":"2.0","id":"b","method":"eth_nonsense"}]
                """;
        var answers = Json.parse(Web.post(chain.node.url(), batch).body());
        assertThat(answers.path(0).path("result").asString()).isEqualTo("0x2105");
        assertThat(answers.path(1).path("id").asString()).isEqualTo("b");
        assertThat(answers.path(1).path("error").path("code").asInt()).isEqualTo(-32601);
        var torn = Json.parse(Web.post(chain.node.url(), "{").body());
        assertThat(torn.path("error").path("code").asInt()).isEqualTo(-32700);
    }

    @Test
    void faults_are_switched_on_and_off_over_http() {
        fault("{\"fault\":\"http_500\",\"method\":\"eth_blockNumber\"}");
        assertThat(status("eth_blockNumber")).isEqualTo(500);
        assertThat(status("eth_chainId")).isEqualTo(200);
        fault("{\"fault\":\"http_429\",\"on\":true}");
        assertThat(status("eth_chainId")).isEqualTo(429);
        fault("{\"clear\":true,\"fault\":\"rpc_error\",\"method\":\"eth_call\"}");
        assertThat(chain.refusal("eth_call").path("code").asInt()).isEqualTo(-32603);
        fault("{\"clear\":true,\"hideTags\":[\"finalized\"]}");
        assertThat(chain.refusal("eth_getBlockByNumber", "finalized", false)
                        .path("code")
                        .asInt())
                .isEqualTo(-32602);
        assertThat(number("safe")).isEqualTo("0x0");
        fault("{\"clear\":true}");
        assertThat(number("finalized")).isEqualTo("0x0");
    }

    @Test
    void a_hanging_method_answers_once_the_fault_is_off() throws InterruptedException {
        chain.node.faults().on("eth_chainId", NodeFaults.Kind.TIMEOUT);
        var asking = Thread.ofVirtual().start(() -> status("eth_chainId"));
        assertThat(asking.join(Duration.ofMillis(300))).isFalse();
        chain.node.faults().clear();
        assertThat(asking.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_customer_pays_exactly_less_or_more_from_the_wallet_page() {
        var link = "link=ethereum:" + USDC + "@8453/transfer?address=" + SHOP + "%26uint256=42500000";
        for (var how : List.of("exact", "less", "more")) {
            assertThat(Web.post(chain.node.url() + "/wallet", link + "&how=" + how)
                            .statusCode())
                    .isEqualTo(303);
        }
        chain.node.mine(1);
        assertThat(chain.balance(SHOP)).isEqualTo(42_500_000 + 38_250_000 + 46_750_000);
        var page = Web.get(chain.node.url() + "/wallet?to=%22%3E%3Cscript%3E").body();
        assertThat(page).contains("&quot;&gt;&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void the_wallet_reads_the_payment_link_off_a_pay_page() {
        var html = "<a href=\"ethereum:" + USDC + "@8453/transfer?address=" + SHOP + "&amp;uint256=425e5\">pay</a>";
        try (var payPage = Loopback.start(0, request -> Response.html(html))) {
            var answer = Web.post(chain.node.url() + "/wallet", "how=exact&link=" + payPage.url() + "/pay/req_1");
            assertThat(answer.statusCode()).isEqualTo(303);
        }
        chain.node.mine(1);
        assertThat(chain.balance(SHOP)).isEqualTo(42_500_000);
    }

    @Test
    void a_stand_in_follows_the_real_clock_too() {
        try (var node = EvmNode.start(new EvmNodeConfig(10, directory.resolve("real"), 0, Clock.systemUTC()))) {
            await().until(() -> node.head() >= 1);
        }
    }

    private String number(String tag) {
        return chain.call("eth_getBlockByNumber", tag, false).path("number").asString();
    }

    private int logs(Map<String, ?> filter) {
        return chain.call("eth_getLogs", filter).size();
    }

    private void fault(String switches) {
        assertThat(Web.post(chain.node.url() + "/sandbox/faults", switches).statusCode())
                .isEqualTo(200);
    }

    private int status(String method) {
        return Web.post(chain.node.url(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}")
                .statusCode();
    }
}
