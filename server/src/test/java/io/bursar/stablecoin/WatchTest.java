package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bursar.platform.WorldFailedException;
import io.bursar.stablecoin.TestChain.Branch;
import io.bursar.stablecoin.TestChain.Payment;
import io.bursar.stablecoin.TestChain.Tx;
import io.bursar.stablecoin.evm.BlockHeader;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payments on a chain that forks, lags and goes away, from the first sight to the partner's event. */
class WatchTest {
    private static final long BASE = 8453;
    private static final Scene FIRST = new Scene(BASE);
    private static final TestChain CHAIN = new TestChain(BASE, FIRST.now().minus(Duration.ofDays(1)));
    private static final WatchedAddresses ADDRESSES =
            new WatchedAddresses(BASE, FIRST.bursar.bean(PaymentRequestStore.class), FIRST.bursar.clock());

    private final Scene scene = new Scene(BASE);

    @BeforeEach
    void settle() {
        CHAIN.mineAt(scene.now());
        CHAIN.mineToFinality();
        look();
    }

    @Test
    void an_exact_payment_is_reserved_when_seen_and_verified_once_final() {
        var request = scene.request(5_000_000);
        Tx tx = CHAIN.tx(scene.pays(request, 5_000_000));
        CHAIN.mine(tx);

        look();
        assertThat(scene.proof(request)).isEqualTo("attached waiting_finality");
        assertThat(scene.wallet()).isEqualTo("0+5000000");
        assertThat(scene.verifiedEvents(request)).isZero();

        CHAIN.mineToFinality();
        look();
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        assertThat(scene.transfers(request)).containsExactly("final exact");
        assertThat(scene.verifiedEvents(request)).isOne();
        assertThat(scene.balanced()).isTrue();
    }

    @Test
    void the_partner_is_told_everything_about_a_verified_payment() {
        var request = scene.request(5_000_000);
        Tx tx = CHAIN.tx(scene.pays(request, 5_250_000));
        CHAIN.mine(tx);
        CHAIN.mineToFinality();
        look();

        assertThat(scene.lastEvent(request))
                .containsEntry("paymentRequestId", request.id().text())
                .containsEntry("merchantId", scene.merchant.text())
                .containsEntry("reference", "order-7")
                .containsEntry("amount", "5.00")
                .containsEntry("currency", "USD")
                .containsEntry("assetAmount", "5.000000")
                .containsEntry("asset", "USDC")
                .containsEntry("overpaid", "0.250000")
                .containsEntry("chainId", "8453")
                .containsEntry("token", scene.usdc().checksummed())
                .containsEntry("txHash", tx.hash().hex())
                .containsEntry("finality", "final")
                .containsKey("verifiedAt")
                .hasSize(13);
    }

    @Test
    void more_than_asked_verifies_and_the_excess_is_unclaimed() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_001)));
        CHAIN.mineToFinality();
        look();

        assertThat(scene.proof(request)).isEqualTo("verified overpaid");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        assertThat(scene.unclaimed()).isEqualTo("1+0");
        assertThat(scene.verifiedEvents(request)).isOne();
    }

    @Test
    void less_than_asked_is_unclaimed_and_the_request_stays_payable() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 4_999_999)));
        look();
        assertThat(scene.proof(request)).isEqualTo("failed wrong_amount");
        assertThat(scene.unclaimed()).isEqualTo("0+4999999");

        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mineToFinality();
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        assertThat(scene.unclaimed()).isEqualTo("4999999+0");
        assertThat(scene.transfers(request)).containsExactly("final underpaid", "final exact");
    }

    @Test
    void a_late_payment_is_unclaimed_under_its_own_name() {
        var request = scene.request(5_000_000);
        CHAIN.mineAt(request.expiresAt().plusSeconds(1), CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mineToFinality();
        look();
        scene.bursar.clock().forward(Scene.LIFE.plusMinutes(1));

        assertThat(scene.proof(request)).isEqualTo("failed late");
        assertThat(scene.transfers(request)).containsExactly("final late");
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.unclaimed()).isEqualTo("5000000+0");
        assertThat(scene.verifiedEvents(request)).isZero();
    }

    @Test
    void a_second_payment_is_unclaimed_as_a_duplicate() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mineToFinality();
        look();

        assertThat(scene.transfers(request)).containsExactly("final exact", "final duplicate");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        assertThat(scene.unclaimed()).isEqualTo("5000000+0");
        assertThat(scene.verifiedEvents(request)).isOne();
    }

    @Test
    void a_duplicate_pays_when_the_payment_before_it_leaves_the_chain() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        Tx second = CHAIN.tx(scene.pays(request, 5_000_000));
        CHAIN.mine(second);
        look();
        assertThat(scene.wallet()).isEqualTo("0+5000000");
        assertThat(scene.unclaimed()).isEqualTo("0+5000000");

        CHAIN.cut(2);
        CHAIN.mine();
        CHAIN.mine(second);
        CHAIN.mine();
        look();
        CHAIN.mineToFinality();
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        assertThat(scene.unclaimed()).isEqualTo("0+0");
        assertThat(scene.verifiedEvents(request)).isOne();
    }

    @Test
    void two_transfers_in_one_transaction_pay_two_requests() {
        var one = scene.request(5_000_000);
        var two = scene.request(7_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(one, 5_000_000), scene.pays(two, 7_000_000)));
        CHAIN.mineToFinality();
        look();

        assertThat(scene.proof(one)).isEqualTo("verified");
        assertThat(scene.proof(two)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("12000000+0");
        assertThat(scene.verifiedEvents(one) + scene.verifiedEvents(two)).isEqualTo(2);
    }

    @Test
    void a_reorg_that_removes_a_payment_gives_its_money_back() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mine();
        look();

        CHAIN.cut(2);
        CHAIN.mine();
        CHAIN.mine();
        look();
        look();
        CHAIN.mineToFinality();
        look();
        assertThat(scene.transfers(request)).containsExactly("reorged exact");
        assertThat(scene.walletHistory()).containsExactly("PEND 5000000", "RELEASE 5000000");
        assertThat(scene.proof(request)).isEqualTo("attached not_found");
        assertThat(scene.verifiedEvents(request)).isZero();
        assertThat(scene.balanced()).isTrue();
    }

    @Test
    void a_payment_mined_again_in_another_block_is_credited_once_net() {
        var request = scene.request(5_000_000);
        Tx tx = CHAIN.tx(scene.pays(request, 5_000_000));
        CHAIN.mine(tx);
        look();

        CHAIN.cut(1);
        CHAIN.mine();
        CHAIN.mine(tx);
        look();
        assertThat(scene.wallet()).isEqualTo("0+5000000");
        CHAIN.mineToFinality();
        look();
        assertThat(scene.transfers(request)).containsExactly("reorged exact", "final exact");
        assertThat(scene.walletHistory())
                .containsExactly("PEND 5000000", "RELEASE 5000000", "PEND 5000000", "COMMIT 5000000");
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.verifiedEvents(request)).isOne();
    }

    @Test
    void a_block_that_comes_back_is_credited_again_under_another_round() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        look();
        Branch paid = CHAIN.cut(1);
        CHAIN.mine();
        look();
        assertThat(scene.wallet()).isEqualTo("0+0");

        CHAIN.restore(paid);
        CHAIN.mine();
        look();
        CHAIN.mineToFinality();
        look();
        assertThat(scene.transfers(request)).containsExactly("final exact");
        assertThat(scene.walletHistory())
                .containsExactly("PEND 5000000", "RELEASE 5000000", "PEND 5000000", "COMMIT 5000000");
        assertThat(scene.verifiedEvents(request)).isOne();
    }

    @Test
    void a_reorg_between_reading_a_header_and_its_logs_loses_nothing() {
        var request = scene.request(5_000_000);
        CHAIN.mine();
        CHAIN.mine();
        CHAIN.beforeNextLogs(() -> {
            CHAIN.cut(2);
            CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
            CHAIN.mine();
        });
        look();
        look();
        CHAIN.mineToFinality();
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
    }

    @Test
    void a_reorg_while_a_range_is_read_loses_nothing() {
        var request = scene.request(5_000_000);
        IntStream.range(0, 40).forEach(_ -> CHAIN.mine());
        CHAIN.beforeNextLogs(() -> {
            CHAIN.cut(40);
            CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
            IntStream.range(0, 40).forEach(_ -> CHAIN.mine());
        });
        look();
        look();
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
    }

    @Test
    void a_request_made_while_a_block_is_read_is_found_in_the_next() {
        CHAIN.mine();
        PaymentRequest[] made = new PaymentRequest[1];
        CHAIN.beforeNextLogs(() -> {
            made[0] = scene.request(5_000_000);
            CHAIN.mine(CHAIN.tx(scene.pays(made[0], 5_000_000)));
        });
        look();
        CHAIN.mineToFinality();
        look();
        assertThat(scene.proof(made[0])).isEqualTo("verified");
    }

    @Test
    void nothing_is_lost_while_the_endpoint_is_down() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.down(true);
        assertThatExceptionOfType(WorldFailedException.class).isThrownBy(WatchTest::look);
        IntStream.range(0, 100).forEach(_ -> CHAIN.mine());

        CHAIN.down(false);
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
    }

    @Test
    void a_node_that_lags_takes_nothing_back() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mine();
        look();
        Branch ahead = CHAIN.cut(2);
        look();
        assertThat(scene.wallet()).isEqualTo("0+5000000");

        IntStream.range(0, ahead.length()).forEach(_ -> CHAIN.mine());
        CHAIN.restore(ahead);
        CHAIN.mineToFinality();
        look();
        assertThat(scene.walletHistory()).containsExactly("PEND 5000000", "COMMIT 5000000");
    }

    @Test
    void what_the_ledger_cannot_take_is_recorded_and_named() {
        var huge = scene.request(5_000_000);
        var other = scene.request(5_000_000);
        var bridged = scene.spec.bridged().getFirst().contract();
        CHAIN.mine(
                CHAIN.tx(new Payment(scene.usdc(), huge.depositAddress(), BigInteger.TWO.pow(200))),
                CHAIN.tx(new Payment(bridged, other.depositAddress(), BigInteger.valueOf(5_000_000))));
        CHAIN.mineToFinality();
        look();

        assertThat(scene.transfers(huge)).containsExactly("final amount_out_of_range");
        assertThat(scene.proof(huge)).isEqualTo("failed amount_out_of_range");
        assertThat(scene.transfers(other)).containsExactly("final wrong_token");
        assertThat(scene.proof(other)).isEqualTo("failed wrong_token");
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.unclaimed()).isEqualTo("0+0");
    }

    @Test
    void a_transfer_of_nothing_is_nothing() {
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 0)));
        look();
        assertThat(scene.transfers(request)).isEmpty();
        assertThat(scene.proof(request)).isEqualTo("none");
    }

    @Test
    void a_pasted_hash_is_looked_up_until_the_chain_has_an_answer() {
        var request = scene.request(5_000_000);
        Tx tx = CHAIN.tx(scene.pays(request, 5_000_000));
        scene.paste(request, tx.hash());
        look();
        assertThat(scene.proof(request)).isEqualTo("attached not_found");

        CHAIN.pool(tx);
        lookUpNow();
        assertThat(scene.proof(request)).isEqualTo("attached in_mempool");

        CHAIN.mine(tx);
        look();
        assertThat(scene.proof(request)).isEqualTo("attached waiting_finality");
        CHAIN.mineToFinality();
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
    }

    @Test
    void a_wrong_hash_fails_and_the_right_payment_verifies_all_the_same() {
        var request = scene.request(5_000_000);
        var stranger = scene.request(5_000_000);
        Tx theirs = CHAIN.tx(scene.pays(stranger, 5_000_000));
        Tx reverted = CHAIN.reverted(scene.pays(request, 5_000_000));
        CHAIN.mine(theirs, reverted);

        scene.paste(request, reverted.hash());
        look();
        assertThat(scene.proof(request)).isEqualTo("failed reverted");
        scene.paste(request, theirs.hash());
        look();
        assertThat(scene.proof(request)).isEqualTo("failed wrong_recipient");

        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mineToFinality();
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.proof(stranger)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("10000000+0");
    }

    @Test
    void an_unknown_hash_fails_a_day_after_the_request_expired() {
        var request = scene.request(5_000_000);
        scene.paste(request, Scene.hash());
        look();
        assertThat(scene.proof(request)).isEqualTo("attached not_found");

        scene.bursar
                .clock()
                .forward(Scene.LIFE.plus(Verification.PATIENCE_AFTER_EXPIRY).plusSeconds(1));
        lookUpNow();
        assertThat(scene.proof(request)).isEqualTo("failed not_found");
    }

    @Test
    void a_strangers_dust_does_not_fail_the_hash_the_customer_pasted() {
        var request = scene.request(5_000_000);
        scene.paste(request, Scene.hash());
        CHAIN.mine(CHAIN.tx(scene.pays(request, 1)));
        look();
        assertThat(scene.proof(request)).isEqualTo("attached not_found");
        assertThat(scene.transfers(request)).containsExactly("seen underpaid");
    }

    @Test
    void two_watchers_at_once_credit_once() throws Exception {
        var requests =
                IntStream.range(0, 12).mapToObj(_ -> scene.request(1_000_000)).toList();
        requests.forEach(request -> CHAIN.mine(CHAIN.tx(scene.pays(request, 1_000_000))));
        CHAIN.mineToFinality();
        Callable<BlockHeader> watcher = () -> {
            for (int pass = 0; pass < 5; pass++) {
                look();
            }
            return CHAIN.head();
        };
        try (var watchers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : watchers.invokeAll(Collections.nCopies(4, watcher))) {
                done.get();
            }
        }
        look();
        assertThat(requests).allSatisfy(request -> {
            assertThat(scene.proof(request)).isEqualTo("verified");
            assertThat(scene.verifiedEvents(request)).isOne();
        });
        assertThat(scene.wallet()).isEqualTo("12000000+0");
        assertThat(scene.walletHistory()).hasSize(24);
    }

    private static void look() {
        FIRST.bursar.bean(Pass.class).over(CHAIN, ADDRESSES);
    }

    /** As if the pause between two looks at a hash were over. */
    private static void lookUpNow() {
        FIRST.bursar
                .sql()
                .sql("UPDATE stablecoin.proof_check SET next_at = clock_timestamp()")
                .update();
        look();
    }
}
