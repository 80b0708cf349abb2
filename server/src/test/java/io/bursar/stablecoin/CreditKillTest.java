package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.books.Postings;
import io.bursar.books.SuddenDeath;
import io.bursar.stablecoin.ChainTransfer.Block;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Erc20.OrdinalTransfer;
import io.bursar.stablecoin.evm.Erc20.Transfer;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TokenAmount;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Dies between each pair of steps of a credit's life: claimed and not submitted, submitted and not completed.
 */
class CreditKillTest {
    private static final long ARBITRUM = 42161;

    private final Scene scene = new Scene(ARBITRUM);
    private final PaymentRequest request = scene.request(1_000);
    private final Transfers transfers = scene.bursar.bean(Transfers.class);
    private final TransferStore store = scene.bursar.bean(TransferStore.class);
    private final SuddenDeath death = new SuddenDeath(scene.bursar);
    private final Credits credits = scene.bursar.bean(Credits.class);

    @Test
    void dead_after_the_claim_the_money_is_reserved_once() {
        record();
        credits.reserve(seen());
        assertThat(scene.wallet()).isEqualTo("0+0");
        sweep();
        assertThat(scene.wallet()).isEqualTo("0+1000");
        assertThat(credits.reserve(seen())).isEmpty();
    }

    @Test
    void dead_after_reserving_the_credit_is_completed_once() {
        record();
        submitOnly(credits.reserve(seen()));
        assertThat(scene.wallet()).isEqualTo("0+1000");
        assertThat(credits.finish(seen(), Finality.FINAL))
                .as("still on its way")
                .isEmpty();
    }

    @Test
    void dead_at_each_step_to_finality_it_is_verified_once() {
        record();
        submitOnly(credits.reserve(seen()));
        sweep();
        submitOnly(credits.finish(seen(), Finality.FINAL));
        assertThat(scene.wallet()).isEqualTo("1000+0");
        assertThat(scene.verifiedEvents(request)).isZero();
        sweep();
        sweep();
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.verifiedEvents(request)).isOne();
        assertThat(scene.walletHistory()).containsExactly("PEND 1000", "COMMIT 1000");
    }

    @Test
    void dead_at_each_step_of_a_reorg_the_money_is_given_back_once() {
        record();
        settle(credits.reserve(seen()));
        store.markReorged(seen().id());
        Supplier<Optional<UUID>> release =
                () -> credits.release(scene.bursar.bean(CreditStore.class).releasable(ARBITRUM, 10).stream()
                        .filter(credit -> credit.request().equals(request.id()))
                        .findFirst()
                        .orElseThrow());
        submitOnly(release.get());
        sweep();
        sweep();
        assertThat(scene.walletHistory()).containsExactly("PEND 1000", "RELEASE 1000");
        assertThat(scene.proof(request)).isEqualTo("attached");
    }

    @Test
    void dead_at_each_step_of_a_reversal_the_money_is_taken_back_and_told_once() {
        record();
        settle(credits.reserve(seen()));
        settle(credits.finish(seen(), Finality.FINAL));
        store.markReorged(seen().id());
        BlockHash other = BlockHash.of(Scene.hash().hex());
        Optional<UUID> decided = credits.reverse(seen(), other);
        assertThat(decided).isPresent();
        assertThat(scene.wallet()).as("decided and not submitted").isEqualTo("1000+0");
        assertThat(credits.reverse(seen(), other)).as("decided once").isEmpty();
        submitOnly(decided);
        assertThat(scene.wallet()).as("submitted and not completed").isEqualTo("0+0");
        assertThat(scene.events(request)).containsExactly("payment.verified final");
        sweep();
        sweep();
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.events(request)).containsExactly("payment.verified final", "payment.reversed final");
        assertThat(scene.proof(request)).isEqualTo("attached reversed");
        assertThat(scene.balanced()).isTrue();
    }

    @Test
    void dead_before_a_reversal_was_submitted_the_sweeper_takes_the_money_back_once() {
        record();
        settle(credits.reserve(seen()));
        settle(credits.finish(seen(), Finality.FINAL));
        store.markReorged(seen().id());
        credits.reverse(seen(), BlockHash.of(Scene.hash().hex()));
        sweep();
        sweep();
        assertThat(scene.wallet()).isEqualTo("0+0");
        assertThat(scene.events(request)).containsExactly("payment.verified final", "payment.reversed final");
    }

    private void record() {
        var transfer =
                new Transfer(scene.usdc(), Scene.address(), request.depositAddress(), new TokenAmount.Bookable(1_000));
        var block = new Block(7, BlockHash.of(Scene.hash().hex()), scene.now());
        transfers.record(request, Scene.hash(), new OrdinalTransfer(0, transfer), block);
    }

    private ChainTransfer seen() {
        return store.ofRequest(request.id()).getFirst();
    }

    private void settle(Optional<UUID> intent) {
        scene.bursar.bean(Postings.class).settle(intent.orElseThrow());
    }

    /** What a process does that dies right after the ledger has answered. */
    private void submitOnly(Optional<UUID> intent) {
        death.afterSubmitting(intent.orElseThrow());
    }

    private void sweep() {
        death.sweep();
    }
}
