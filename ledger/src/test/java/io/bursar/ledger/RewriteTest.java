package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.move;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.proof.ManifestDirectory;
import io.bursar.ledger.proof.Seal;
import io.bursar.ledger.proof.Sealer;
import io.bursar.ledger.proof.SigningKey;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything rewritten so that it fits again, and everything still being written. */
final class RewriteTest {
    private static final int THREADS = 8;

    @TempDir
    private Path manifests;

    @Test
    void a_consistent_rewrite_of_everything_is_found_through_the_seal_and_through_nothing_else() throws SQLException {
        Scratch scratch = Scratch.create();
        LedgerFixture books = new LedgerFixture(scratch.dataSource);
        AccountPath ann = books.wallet("ann");
        AccountPath bob = books.wallet("bob");
        books.submit("deposit", books.deposit(ann, 100));
        books.submit("payment", move(ann, bob, 30));
        books.submit("second payment", move(ann, bob, 5));
        Seal seal = new Sealer(scratch.dataSource, books.clock, SigningKey.generate(), new ManifestDirectory(manifests))
                .seal(books.book);
        books.submit("after the seal", move(bob, ann, 1));
        Verifier verifier = new Verifier(scratch.dataSource);
        assertThat(verifier.verify(books.book, seal)).isInstanceOf(Verification.Sound.class);

        scratch.unguard();
        TransferId deposit = books.ledger
                .posting(books.book, new Reference("deposit"))
                .getFirst()
                .id();
        Forger.forge(scratch.dataSource, books.book, deposit, 1_000_000);

        assertThat(verifier.verify(books.book)).isInstanceOf(Verification.Sound.class);
        assertThat(books.balance(ann)).isEqualTo(999_966);
        Verification.Broken broken = (Verification.Broken) verifier.verify(books.book, seal);
        assertThat(broken.first().what()).isEqualTo("sealed hash");
        assertThat(broken.first().table()).isEqualTo("ledger.transfer");
    }

    @Test
    void a_book_is_sound_at_every_moment_while_eight_threads_post() throws Exception {
        LedgerFixture books = new LedgerFixture();
        List<AccountPath> wallets = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            wallets.add(books.wallet("wallet/" + number));
        }
        Verifier verifier = new Verifier(books.dataSource);
        long seen = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> posting = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int from = thread;
                posting.add(threads.submit(() -> post(books, wallets, from)));
            }
            do {
                Verification verification = verifier.verify(books.book);
                assertThat(verification).isInstanceOf(Verification.Sound.class);
                long transfers = ((Verification.Sound) verification).transfers();
                assertThat(transfers).isGreaterThanOrEqualTo(seen);
                seen = transfers;
            } while (!posting.stream().allMatch(Future::isDone));
            for (Future<?> thread : posting) {
                thread.get();
            }
        }
        assertThat(verifier.verify(books.book)).isInstanceOf(Verification.Sound.class);
    }

    private static void post(LedgerFixture books, List<AccountPath> wallets, int thread) {
        AccountPath wallet = wallets.get(thread);
        for (int number = 0; number < 60; number++) {
            AccountPath other = wallets.get((thread + 1 + number % (THREADS - 1)) % THREADS);
            String reference = thread + "/" + number;
            books.submit(reference, move(BANK, wallet, 10), move(wallet, other, 3));
            books.submit(reference + "/hold", LedgerFixture.pend(wallet, other, 2));
            books.submit(reference + "/taken", LedgerFixture.commit(reference + "/hold"));
        }
    }
}
