package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import io.bursar.stablecoin.TestChain.Branch;
import io.bursar.stablecoin.TestChain.Tx;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.Finality;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Partners whose payments count before they are final, on a chain that then forks. On Ethereum fast is two blocks on
 * top; here safe is four, final eight.
 */
class ReversalTest {
    private static final long ETHEREUM = 1;
    private static final Scene FIRST = new Scene(ETHEREUM);
    private static final TestChain CHAIN = new TestChain(ETHEREUM, FIRST.now().minus(Duration.ofDays(1)));
    private static final WatchedAddresses ADDRESSES =
            new WatchedAddresses(ETHEREUM, FIRST.bursar.bean(PaymentRequestStore.class), FIRST.bursar.clock());
    private static final Unit USDC = new Unit("USDC", 6);

    @BeforeEach
    void settle() {
        CHAIN.mineAt(FIRST.now());
        CHAIN.mineToFinality();
        look();
    }

    @Test
    void a_fast_partner_is_told_after_two_blocks_and_the_block_is_watched_until_it_is_final() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(1);
        look();
        assertThat(scene.wallet()).isEqualTo("0+5000000");
        assertThat(scene.events(request)).isEmpty();

        mine(1);
        look();
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.events(request)).containsExactly("payment.verified fast");
        assertThat(scene.transfers(request)).containsExactly("seen exact");

        CHAIN.mineToFinality();
        look();
        assertThat(scene.transfers(request)).containsExactly("final exact");
        assertThat(scene.events(request)).hasSize(1);
        assertThat(scene.walletHistory()).containsExactly("PEND 5000000", "COMMIT 5000000");
    }

    @Test
    void a_safe_partner_is_told_once_the_block_is_safe_and_only_then_is_the_node_asked_for_that() {
        CHAIN.wasAskedFor(Finality.SAFE);
        look();
        boolean before = CHAIN.wasAskedFor(Finality.SAFE);
        assertThat(before).isEqualTo(FIRST.partnersOf(Finality.SAFE) > 0);

        var scene = new Scene(ETHEREUM, Finality.SAFE);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(TestChain.SAFE_DEPTH - 1);
        look();
        assertThat(scene.events(request)).isEmpty();
        mine(1);
        look();
        assertThat(CHAIN.wasAskedFor(Finality.SAFE)).isTrue();
        assertThat(scene.events(request)).containsExactly("payment.verified safe");
        assertThat(scene.wallet()).isEqualTo("5000000+0");

        reorg(5);
        assertThat(scene.events(request)).containsExactly("payment.verified safe", "payment.reversed safe");
        assertThat(scene.wallet()).isEqualTo("0+0");
    }

    @Test
    void a_credited_payment_whose_block_leaves_the_chain_is_taken_back_and_the_request_is_payable_again() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        Tx tx = CHAIN.tx(scene.pays(request, 5_000_000));
        BlockHeader paid = CHAIN.mine(tx);
        mine(2);
        look();
        reorg(3);

        assertThat(scene.transfers(request)).containsExactly("reorged exact");
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.balanced()).isTrue();
        assertThat(scene.proof(request)).isEqualTo("attached reversed");
        assertThat(status(scene, request)).isEqualTo(PaymentStatus.REVERSED);
        assertThat(scene.events(request)).containsExactly("payment.verified fast", "payment.reversed fast");
        assertThat(scene.lastEvent(request))
                .containsEntry("paymentRequestId", request.id().text())
                .containsEntry("txHash", tx.hash().hex())
                .containsEntry("reason", "block_reorged")
                .containsEntry("blockHash", paid.hash().hex())
                .containsEntry(
                        "replacedBy",
                        CHAIN.block(paid.number()).orElseThrow().hash().hex())
                .containsEntry("debited", "5.000000")
                .containsEntry("owed", "0.000000")
                .containsEntry("payable", "true")
                .containsKeys("verifiedAt", "reversedAt")
                .hasSize(20);

        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(2);
        look();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
    }

    @Test
    void the_same_payment_mined_again_is_credited_anew_once_net_and_told_anew() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        Tx tx = CHAIN.tx(scene.pays(request, 5_000_000));
        CHAIN.mine(tx);
        mine(2);
        look();

        CHAIN.cut(3);
        mine(1);
        CHAIN.mine(tx);
        mine(2);
        look();
        assertThat(scene.events(request))
                .containsExactly("payment.verified fast", "payment.reversed fast", "payment.verified fast");
        assertThat(scene.transfers(request)).containsExactly("reorged exact", "seen exact");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        CHAIN.mineToFinality();
        look();
        assertThat(scene.transfers(request)).containsExactly("reorged exact", "final exact");
        assertThat(scene.events(request)).hasSize(3);
        assertThat(scene.balanced()).isTrue();
    }

    @Test
    void what_the_merchant_has_spent_meanwhile_is_owed_and_the_next_payment_repays_it_first() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(2);
        look();
        spend(scene, wallet(scene), 2_000_000);
        reorg(3);
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.owed()).isEqualTo("-2000000+0");
        assertThat(scene.lastEvent(request))
                .containsEntry("debited", "5.000000")
                .containsEntry("owed", "2.000000");
        assertThat(scene.balanced()).isTrue();

        var next = scene.request(3_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(next, 3_000_000)));
        mine(2);
        look();
        assertThat(scene.events(next)).containsExactly("payment.verified fast");
        assertThat(scene.owed()).isEqualTo("0+0");
        assertThat(scene.wallet()).isEqualTo("1000000+0");
        assertThat(scene.balanced()).isTrue();
    }

    @Test
    void an_excess_that_was_given_out_meanwhile_is_owed_by_the_partner() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 6_000_000)));
        mine(2);
        look();
        spend(scene, BookAccounts.unclaimed(scene.spec, Asset.USDC), 1_000_000);
        reorg(3);
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.unclaimed()).isEqualTo("0+0");
        assertThat(scene.balance(BookAccounts.unclaimedOwed(scene.spec, Asset.USDC)))
                .isEqualTo("-1000000+0");
        assertThat(scene.lastEvent(request)).as("the merchant owes nothing").containsEntry("owed", "0.000000");
        assertThat(scene.balanced()).isTrue();
    }

    @Test
    void less_than_asked_is_taken_back_as_well_and_nobody_had_been_told() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 4_000_000)));
        mine(2);
        look();
        assertThat(scene.unclaimed()).isEqualTo("4000000+0");
        reorg(3);
        assertThat(scene.unclaimed()).isEqualTo("0+0");
        assertThat(scene.events(request)).isEmpty();
        assertThat(scene.balanced()).isTrue();
    }

    @Test
    void a_reorg_above_the_final_block_leaves_a_final_payment_alone() {
        var scene = new Scene(ETHEREUM);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mineToFinality();
        look();
        reorg(TestChain.FINAL_DEPTH);
        CHAIN.mineToFinality();
        look();
        assertThat(scene.transfers(request)).containsExactly("final exact");
        assertThat(scene.events(request)).containsExactly("payment.verified final");
        assertThat(scene.walletHistory()).containsExactly("PEND 5000000", "COMMIT 5000000");
    }

    @Test
    void should_the_chain_break_its_promise_a_final_payment_is_taken_back_once_another_block_is_final() {
        var scene = new Scene(ETHEREUM);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        CHAIN.mineToFinality();
        look();

        CHAIN.cut(TestChain.FINAL_DEPTH + 1);
        mine(TestChain.FINAL_DEPTH);
        look();
        assertThat(scene.transfers(request)).containsExactly("reorged exact");
        assertThat(scene.wallet())
                .as("not given up for a block that is not final")
                .isEqualTo("5000000+0");
        assertThat(errors(request)).isEmpty();

        mine(1);
        look();
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.events(request)).containsExactly("payment.verified final", "payment.reversed final");
        assertThat(errors(request)).containsExactly("finalized_block_reorged");
    }

    @Test
    void a_chain_that_has_not_come_to_the_height_again_proves_nothing() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(2);
        look();

        Branch paid = CHAIN.cut(4);
        mine(1);
        look();
        assertThat(scene.transfers(request)).containsExactly("reorged exact");
        assertThat(scene.wallet()).isEqualTo("5000000+0");

        mine(paid.length() - 1);
        CHAIN.restore(paid);
        look();
        CHAIN.mineToFinality();
        look();
        assertThat(scene.transfers(request)).containsExactly("final exact");
        assertThat(scene.events(request)).containsExactly("payment.verified fast");
        assertThat(scene.walletHistory()).containsExactly("PEND 5000000", "COMMIT 5000000");
    }

    @Test
    void a_block_that_comes_back_after_its_payment_was_taken_back_is_credited_again() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(2);
        look();
        Branch paid = CHAIN.cut(3);
        mine(3);
        look();
        assertThat(scene.wallet()).isEqualTo("0+0");

        CHAIN.restore(paid);
        mine(1);
        look();
        assertThat(scene.transfers(request)).containsExactly("seen exact");
        assertThat(scene.wallet()).isEqualTo("5000000+0");
        assertThat(scene.events(request))
                .containsExactly("payment.verified fast", "payment.reversed fast", "payment.verified fast");
    }

    @Test
    void after_expiry_an_undone_payment_keeps_its_own_reason() {
        var scene = new Scene(ETHEREUM, Finality.FAST);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(2);
        look();
        scene.bursar.clock().forward(Scene.LIFE.plusMinutes(1));
        reorg(3);
        assertThat(scene.lastEvent(request)).containsEntry("payable", "false");
        assertThat(status(scene, request)).isEqualTo(PaymentStatus.REVERSED);

        scene.bursar.clock().forward(Verification.PATIENCE_AFTER_EXPIRY);
        scene.bursar
                .sql()
                .sql("UPDATE stablecoin.proof_check SET next_at = clock_timestamp()")
                .update();
        look();
        assertThat(scene.proof(request)).isEqualTo("failed reversed");
        assertThat(status(scene, request)).isEqualTo(PaymentStatus.REVERSED);
    }

    @Test
    void another_tier_holds_for_payments_seen_from_then_on() {
        var scene = new Scene(ETHEREUM);
        var before = scene.request(5_000_000);
        var after = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(before, 5_000_000)));
        look();
        scene.bursar.bean(PartnerStore.class).changeTier(scene.partner.id(), Finality.FAST);
        CHAIN.mine(CHAIN.tx(scene.pays(after, 5_000_000)));
        mine(2);
        look();
        assertThat(scene.events(before)).isEmpty();
        assertThat(scene.events(after)).containsExactly("payment.verified fast");
        CHAIN.mineToFinality();
        look();
        assertThat(scene.events(before)).containsExactly("payment.verified final");
    }

    @Test
    void what_the_ledger_will_not_take_back_is_named_and_stands() {
        var scene = new Scene(ETHEREUM, Finality.FAST, false);
        var request = scene.request(5_000_000);
        CHAIN.mine(CHAIN.tx(scene.pays(request, 5_000_000)));
        mine(2);
        look();
        spend(scene, wallet(scene), 5_000_000);
        reorg(3);
        assertThat(errors(request)).containsExactly("reversal_rejected");
        assertThat(scene.bursar
                        .bean(ChainTransfersView.class)
                        .of(request.id())
                        .getFirst()
                        .reversal())
                .isNotNull()
                .satisfies(reversal -> assertThat(reversal.state()).isEqualTo("unreversed"));
        assertThat(scene.proof(request)).isEqualTo("verified");
        look();
        assertThat(errors(request)).as("said once").hasSize(1);
    }

    /** Replaces the last blocks by as many without payments, and one more. */
    private static void reorg(int depth) {
        CHAIN.cut(depth);
        mine(depth + 1);
        look();
    }

    private static void mine(int blocks) {
        IntStream.range(0, blocks).forEach(_ -> CHAIN.mine());
    }

    private static void look() {
        FIRST.bursar.bean(Pass.class).over(CHAIN, ADDRESSES);
    }

    private static PaymentStatus status(Scene scene, PaymentRequest request) {
        return scene.bursar
                .bean(PaymentRequestStore.class)
                .findOfAnyPartner(request.id())
                .map(found -> PaymentStatus.of(found, scene.now()))
                .orElseThrow();
    }

    private static List<String> errors(PaymentRequest request) {
        return FIRST.bursar
                .sql()
                .sql("SELECT code FROM errorlog.entry WHERE subject = :subject ORDER BY sequence")
                .param("subject", request.id().subject())
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    private static String wallet(Scene scene) {
        return BookAccounts.wallet(scene.merchant, scene.spec, Asset.USDC);
    }

    /** As a withdrawal would. */
    private static void spend(Scene scene, String from, long amount) {
        var away = AccountSpec.withoutFloor("away", USDC);
        scene.ledger().openAccount(scene.partner.book(), away, "test", "test");
        var leg = new Leg.Move(AccountPath.of(from), away.path(), amount, USDC);
        var posting = new Posting(scene.partner.book(), new Reference("spent"), List.of(leg), null, "spent", "test");
        assertThat(Optional.of(scene.ledger().submit(posting))).get().isInstanceOf(Outcome.Posted.class);
    }
}
