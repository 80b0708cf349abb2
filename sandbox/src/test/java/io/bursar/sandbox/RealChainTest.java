package io.bursar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.RealChain.Balances;
import io.bursar.sandbox.RealChain.Request;
import io.bursar.sandbox.anvil.Batch;
import io.bursar.sandbox.anvil.RpcProxy;
import io.bursar.sandbox.anvil.TestUsdc;
import io.bursar.stablecoin.ChainStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way a payment can go on a real chain ends under its own name, and nothing is credited wrongly. */
class RealChainTest {
    private static final RealChain CHAIN = RealChain.furnished();
    private static final long STRANGE_UNITS = 1_230_000;

    private final Balances before = CHAIN.balances();

    @AfterAll
    static void stop() {
        CHAIN.close();
    }

    @Test
    void an_exact_payment_is_reserved_when_seen_and_told_once_final() {
        var request = CHAIN.ask("12.50");
        pay(request, request.units());
        CHAIN.awaitProof(request, "attached waiting_finality");
        assertThat(CHAIN.balances().walletPending()).isEqualTo(before.walletPending() + request.units());
        assertThat(CHAIN.told(request)).isZero();

        finalize(request, "verified");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(request.units(), 0));
        assertThat(CHAIN.transfers(request)).containsExactly("final exact");
        CHAIN.patience("the partner to be told").until(() -> CHAIN.told(request) == 1);
    }

    @Test
    void less_than_asked_is_unclaimed() {
        var request = CHAIN.ask("12.50");
        pay(request, request.units() - 1);
        finalize(request, "failed wrong_amount");
        awaitBalances(before.plus(0, request.units() - 1));
        assertThat(CHAIN.transfers(request)).containsExactly("final underpaid");
        assertThat(CHAIN.told(request)).isZero();
    }

    @Test
    void more_than_asked_verifies_and_the_excess_is_unclaimed() {
        var request = CHAIN.ask("12.50");
        pay(request, request.units() + 3);
        finalize(request, "verified overpaid");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(request.units(), 3));
        assertThat(CHAIN.transfers(request)).containsExactly("final overpaid");
    }

    @Test
    void a_hash_that_paid_somebody_else_fails_and_the_right_payment_verifies_later() {
        var request = CHAIN.ask("12.50");
        var customer = CHAIN.customer(0);
        var wrong = customer.pay(CHAIN.usdc().address(), CHAIN.anvil.wallet(5).address(), request.units());
        CHAIN.paste(request, wrong);
        CHAIN.awaitProof(request, "failed wrong_recipient");
        assertThat(CHAIN.transfers(request)).isEmpty();

        pay(request, request.units());
        finalize(request, "verified");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(request.units(), 0));
    }

    @Test
    void a_reverted_payment_is_nothing() {
        var request = CHAIN.ask("12.50");
        var penniless = CHAIN.anvil.wallet(6);
        CHAIN.paste(request, penniless.pay(CHAIN.usdc().address(), request.address(), request.units()));
        CHAIN.awaitProof(request, "failed reverted");
        assertThat(CHAIN.transfers(request)).isEmpty();
        assertThat(CHAIN.balances()).isEqualTo(before);
    }

    @Test
    void an_unknown_hash_waits_and_says_so() {
        var request = CHAIN.ask("12.50");
        CHAIN.paste(request, "0x" + "5a".repeat(32));
        CHAIN.awaitProof(request, "attached not_found");
    }

    @Test
    void a_payment_in_the_mempool_is_told_from_an_unknown_one() {
        var request = CHAIN.ask("12.50");
        var customer = CHAIN.customer(0);
        CHAIN.anvil.mineAtOnce(false);
        try {
            CHAIN.paste(request, customer.submitPayment(CHAIN.usdc().address(), request.address(), request.units()));
            CHAIN.awaitProof(request, "attached in_mempool");
        } finally {
            CHAIN.anvil.mine(1);
            CHAIN.anvil.mineAtOnce(true);
        }
        finalize(request, "verified");
    }

    @Test
    void a_strangers_hash_proves_nothing() {
        var request = CHAIN.ask("12.50");
        var stranger = CHAIN.ask("12.50");
        CHAIN.paste(request, pay(stranger, stranger.units()));
        CHAIN.awaitProof(request, "failed wrong_recipient");
        finalize(stranger, "verified");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(stranger.units(), 0));
    }

    @Test
    void a_bridges_look_alike_is_refused() {
        var request = CHAIN.ask("12.50");
        var bridged = TestUsdc.at(CHAIN.anvil, TestUsdc.USDBC_ON_BASE);
        var customer = CHAIN.anvil.wallet(1);
        bridged.mint(customer.address(), request.units());
        customer.pay(bridged.address(), request.address(), request.units());
        CHAIN.awaitProof(request, "failed wrong_token");
        assertThat(CHAIN.balances()).isEqualTo(before);
    }

    @Test
    void a_log_that_only_looks_like_a_transfer_of_the_token_is_refused() {
        var request = CHAIN.ask("12.50");
        var forger = "0x00000000000000000000000000000000000f0f0f";
        CHAIN.anvil.placeCode(forger, TestUsdc.TRANSFER_STUB);
        var from = CHAIN.anvil.wallet(1).address();
        CHAIN.paste(request, CHAIN.anvil.wallet(1).transact(forger, words(from, request)));
        CHAIN.awaitProof(request, "failed wrong_token");
        assertThat(CHAIN.balances()).isEqualTo(before);
    }

    @Test
    void two_transfers_in_one_transaction_pay_two_requests() {
        var one = CHAIN.ask("12.50");
        var two = CHAIN.ask("7.25");
        var payments = List.of(
                new Batch.Payment(CHAIN.anvil.wallet(5).address(), STRANGE_UNITS),
                new Batch.Payment(one.address(), one.units()),
                new Batch.Payment(two.address(), two.units()));
        Batch.deploy(CHAIN.anvil).payFromCaller(CHAIN.customer(2), CHAIN.usdc(), payments);
        finalize(one, "verified");
        CHAIN.awaitProof(two, "verified");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(one.units() + two.units(), 0));
    }

    @Test
    void a_contract_that_pays_is_as_good_as_a_wallet() {
        var request = CHAIN.ask("12.50");
        var contract = Batch.deploy(CHAIN.anvil);
        CHAIN.usdc().mint(contract.address(), request.units());
        contract.payFromHoldings(
                CHAIN.anvil.wallet(6), CHAIN.usdc(), List.of(new Batch.Payment(request.address(), request.units())));
        finalize(request, "verified");
    }

    @Test
    void a_payment_after_expiry_is_late_and_unclaimed() {
        var request = CHAIN.ask("12.50");
        CHAIN.clock.forward(Duration.ofMinutes(20));
        CHAIN.anvil.nextBlockTime(CHAIN.clock.instant());
        pay(request, request.units());
        finalize(request, "failed late");
        awaitBalances(before.plus(0, request.units()));
        assertThat(CHAIN.transfers(request)).containsExactly("final late");
        assertThat(CHAIN.told(request)).isZero();
    }

    @Test
    void nothing_is_lost_while_the_endpoint_is_down() {
        var request = CHAIN.ask("12.50");
        CHAIN.rpc.mode(RpcProxy.Mode.DOWN);
        pay(request, request.units());
        CHAIN.anvil.mineToFinality();
        CHAIN.patience("the chain to be seen down").until(() -> CHAIN.status().state() == ChainStatus.State.RPC_DOWN);
        assertThat(CHAIN.proof(request)).isEqualTo("none");

        CHAIN.rpc.mode(RpcProxy.Mode.UP);
        CHAIN.awaitProof(request, "verified");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(request.units(), 0));
        assertThat(CHAIN.status().state()).isEqualTo(ChainStatus.State.READY);
    }

    @Test
    void a_reorg_that_removes_a_payment_gives_its_money_back() {
        removeByReorg();
    }

    private void removeByReorg() {
        var request = CHAIN.ask("12.50");
        pay(request, request.units());
        CHAIN.awaitProof(request, "attached waiting_finality");
        CHAIN.anvil.reorg(1);
        CHAIN.patience("the payment to be given up").untilAsserted(() -> {
            assertThat(CHAIN.transfers(request)).containsExactly("reorged exact");
            assertThat(CHAIN.balances()).isEqualTo(before);
        });
        CHAIN.anvil.mineToFinality();
        CHAIN.patience("the hash to be unknown again")
                .untilAsserted(
                        () -> assertThat(CHAIN.proof(request)).isIn("attached not_found", "attached in_mempool"));
        assertThat(CHAIN.told(request)).isZero();
        assertThat(CHAIN.balanced()).isTrue();
    }

    @Test
    void a_payment_mined_again_in_another_block_is_credited_once_net() {
        mineAgain(before);
    }

    private void mineAgain(Balances before) {
        var request = CHAIN.ask("12.50");
        var hash = pay(request, request.units());
        CHAIN.awaitProof(request, "attached waiting_finality");
        CHAIN.anvil.reorgAndRemine(1, hash, 0);
        CHAIN.patience("the payment in its new block")
                .untilAsserted(
                        () -> assertThat(CHAIN.transfers(request)).containsExactly("reorged exact", "seen exact"));
        finalize(request, "verified");
        assertThat(CHAIN.transfers(request)).containsExactly("reorged exact", "final exact");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(request.units(), 0));
        CHAIN.patience("the partner to be told").until(() -> CHAIN.told(request) == 1);
        assertThat(CHAIN.balanced()).isTrue();
    }

    @Test
    void a_fast_payment_that_leaves_the_chain_is_taken_back_and_credited_anew_where_it_is_mined_again() {
        CHAIN.credit("fast");
        try {
            var request = CHAIN.ask("12.50");
            var hash = pay(request, request.units());
            CHAIN.awaitProof(request, "attached waiting_finality");
            assertThat(CHAIN.balances().wallet()).isEqualTo(before.wallet());
            CHAIN.anvil.mine(1);
            CHAIN.awaitProof(request, "verified");
            assertThat(CHAIN.balances()).isEqualTo(before.plus(request.units(), 0));

            CHAIN.anvil.reorgAndRemine(2, hash, 1);
            CHAIN.patience("the partner to be told that it is undone")
                    .until(() -> CHAIN.told(request, "payment.reversed") == 1);
            CHAIN.awaitProof(request, "attached waiting_finality");
            assertThat(CHAIN.balances().wallet()).isEqualTo(before.wallet());
            CHAIN.anvil.mine(1);
            CHAIN.awaitProof(request, "verified");
            CHAIN.patience("the partner to be told anew").until(() -> CHAIN.told(request) == 2);

            CHAIN.anvil.mineToFinality();
            CHAIN.patience("the new block to be final")
                    .untilAsserted(
                            () -> assertThat(CHAIN.transfers(request)).containsExactly("reorged exact", "final exact"));
            assertThat(CHAIN.balances()).isEqualTo(before.plus(request.units(), 0));
            assertThat(CHAIN.told(request, "payment.reversed")).isOne();
            assertThat(CHAIN.balanced()).isTrue();
        } finally {
            CHAIN.credit("final");
        }
    }

    @Tag("long")
    @Tag("chain")
    @RepeatedTest(10)
    void ten_times_over_no_reorg_credits_twice() {
        removeByReorg();
        assertThat(CHAIN.balances()).isEqualTo(before);
        mineAgain(before);
    }

    @Test
    void of_fifty_claims_of_one_hash_the_right_request_is_credited_once() throws Exception {
        var right = CHAIN.ask("12.50");
        List<Request> others =
                IntStream.range(0, 25).mapToObj(_ -> CHAIN.ask("12.50")).toList();
        var hash = pay(right, right.units());
        var claims = new ArrayList<Callable<Integer>>();
        others.forEach(other -> {
            claims.add(() -> CHAIN.paste(other, hash));
            claims.add(() -> CHAIN.paste(right, hash));
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var claim : threads.invokeAll(claims)) {
                assertThat(claim.get()).isLessThan(300);
            }
        }
        others.forEach(other -> CHAIN.awaitProof(other, "failed wrong_recipient"));
        finalize(right, "verified");
        assertThat(CHAIN.transfers(right)).containsExactly("final exact");
        assertThat(CHAIN.balances()).isEqualTo(before.plus(right.units(), 0));
        CHAIN.patience("the partner to be told").until(() -> CHAIN.told(right) == 1);
    }

    private static String pay(Request request, long units) {
        return CHAIN.customer(0).pay(CHAIN.usdc().address(), request.address(), units);
    }

    private static void finalize(Request request, String proof) {
        CHAIN.patience("the payment to be seen")
                .until(() -> !CHAIN.transfers(request).isEmpty());
        CHAIN.anvil.mineToFinality();
        CHAIN.awaitProof(request, proof);
    }

    private static void awaitBalances(Balances expected) {
        CHAIN.patience("the money to be booked")
                .untilAsserted(() -> assertThat(CHAIN.balances()).isEqualTo(expected));
    }

    /** What the stub is called with: sender, recipient and amount as three words. */
    private static String words(String from, Request request) {
        return "0x" + word(from.substring(2)) + word(request.address().substring(2))
                + word(Long.toHexString(request.units()));
    }

    private static String word(String digits) {
        return "0".repeat(64 - digits.length()) + digits;
    }
}
