package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.books.Postings;
import io.bursar.shared.UuidV7;
import io.bursar.stablecoin.ChainTransfer.Block;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.Erc20.OrdinalTransfer;
import io.bursar.stablecoin.evm.Erc20.Transfer;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TokenAmount;
import io.bursar.stablecoin.evm.TxHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Many hands on one log, on the real database. */
class CreditRacesTest {
    private static final long POLYGON = 137;
    private static final int THREADS = 50;

    private final Scene scene = new Scene(POLYGON);
    private final Transfers transfers = scene.bursar.bean(Transfers.class);
    private final TransferStore store = scene.bursar.bean(TransferStore.class);
    private final Credits credits = scene.bursar.bean(Credits.class);

    @Test
    void fifty_threads_record_one_log_and_one_wins() throws Exception {
        var request = scene.request(1_000);
        TxHash tx = Scene.hash();
        Block block = block();

        assertThat(together(() -> transfers.record(request, tx, log(request, 0, 1_000), block)))
                .hasSize(THREADS)
                .containsOnlyOnce(true);
        assertThat(store.ofRequest(request.id())).hasSize(1);
    }

    @Test
    void fifty_threads_claim_one_log_and_one_posts_it() throws Exception {
        var request = scene.request(1_000);
        transfers.record(request, Scene.hash(), log(request, 0, 1_000), block());
        ChainTransfer seen = store.ofRequest(request.id()).getFirst();

        List<Optional<UUID>> intents = together(() -> credits.reserve(seen));
        assertThat(intents.stream().flatMap(Optional::stream)).hasSize(1);
        settle(intents);
        assertThat(scene.wallet()).isEqualTo("0+1000");
    }

    @Test
    void fifty_threads_insert_credits_for_one_log_and_the_index_lets_one_in() throws Exception {
        var request = scene.request(1_000);
        transfers.record(request, Scene.hash(), log(request, 0, 1_000), block());
        ChainTransfer seen = store.ofRequest(request.id()).getFirst();
        var creditStore = scene.bursar.bean(CreditStore.class);

        assertThat(together(() -> creditStore.insert(
                        new Credit(
                                UuidV7.at(scene.now()),
                                seen.id(),
                                seen.log(),
                                seen.block().hash(),
                                1,
                                request.id(),
                                new Allocation(Finding.EXACT, 1_000, 0),
                                Finality.FINAL,
                                Credit.State.RESERVING,
                                null),
                        scene.now())))
                .containsOnlyOnce(true);
    }

    @Test
    void fifty_payments_for_one_request_pay_it_once() throws Exception {
        var request = scene.request(1_000);
        TxHash tx = Scene.hash();
        Block block = block();
        IntStream.range(0, THREADS)
                .forEach(ordinal -> transfers.record(request, tx, log(request, ordinal, 1_000), block));
        List<ChainTransfer> seen = store.ofRequest(request.id());

        settle(all(seen.stream().<Callable<Optional<UUID>>>map(each -> () -> credits.reserve(each))));
        assertThat(scene.wallet()).isEqualTo("0+1000");
        assertThat(scene.unclaimed()).isEqualTo("0+49000");
        assertThat(scene.transfers(request).stream()
                        .collect(Collectors.groupingBy(words -> words, Collectors.counting())))
                .containsEntry("seen exact", 1L)
                .containsEntry("seen duplicate", 49L);
    }

    @Test
    void fifty_threads_finish_one_credit_and_its_money_comes_once() throws Exception {
        var request = scene.request(1_000);
        transfers.record(request, Scene.hash(), log(request, 0, 1_000), block());
        ChainTransfer seen = store.ofRequest(request.id()).getFirst();
        settle(List.of(credits.reserve(seen)));

        settle(together(() -> credits.finish(seen, Finality.FINAL)));
        assertThat(scene.wallet()).isEqualTo("1000+0");
        assertThat(scene.proof(request)).isEqualTo("verified");
        assertThat(scene.verifiedEvents(request)).isOne();
    }

    @Test
    void of_a_release_and_a_commit_at_once_one_happens() throws Exception {
        for (int round = 0; round < 10; round++) {
            var own = new Scene(POLYGON);
            var request = own.request(1_000);
            transfers.record(request, Scene.hash(), log(request, 0, 1_000), block());
            ChainTransfer seen = store.ofRequest(request.id()).getFirst();
            settle(List.of(credits.reserve(seen)));
            Credit credit = own.bursar
                    .bean(TransactionTemplate.class)
                    .execute(_ ->
                            own.bursar.bean(CreditStore.class).lockOf(seen.id()).orElseThrow());
            assertThat(credit).isNotNull();

            settle(all(Stream.<Callable<Optional<UUID>>>of(() -> credits.finish(seen, Finality.FINAL), () -> {
                store.markReorged(seen.id());
                return credits.release(credit);
            })));
            assertThat(own.wallet()).isIn("1000+0", "0+0");
            assertThat(own.verifiedEvents(request)).isEqualTo(own.wallet().equals("1000+0") ? 1 : 0);
            assertThat(own.balanced()).isTrue();
        }
    }

    private void settle(List<Optional<UUID>> intents) {
        intents.forEach(each ->
                each.ifPresent(intent -> scene.bursar.bean(Postings.class).settle(intent)));
    }

    private <T> List<T> together(Callable<T> work) throws Exception {
        return all(Collections.nCopies(THREADS, work).stream());
    }

    private static <T> List<T> all(Stream<Callable<T>> work) throws Exception {
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(work.toList())) {
                results.add(done.get());
            }
        }
        return results;
    }

    private OrdinalTransfer log(PaymentRequest request, int ordinal, long units) {
        return new OrdinalTransfer(
                ordinal,
                new Transfer(scene.usdc(), Scene.address(), request.depositAddress(), new TokenAmount.Bookable(units)));
    }

    private Block block() {
        return new Block(7, BlockHash.of(Scene.hash().hex()), scene.now());
    }
}
