package io.bursar.books;

import io.bursar.errorlog.ErrorLog;
import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.ledger.proof.ManifestDirectory;
import io.bursar.ledger.proof.ProofUnavailableException;
import io.bursar.ledger.proof.Seal;
import io.bursar.ledger.proof.Sealer;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Verifies and seals the books, and tells whoever has to know when one is broken. */
@Component
public class BookProofs {
    private static final int FINDING_CHARACTERS_MAX = 1_000;

    private final Books books;
    private final BookProofStore store;
    private final ErrorLog errors;
    private final Clock clock;
    private final Verifier verifier;
    private final Optional<Sealing> sealing;

    private record Sealing(ManifestDirectory manifests, ProofSettings.Sealing settings, Sealer sealer) {}

    BookProofs(
            Books books,
            BookProofStore store,
            ErrorLog errors,
            Clock clock,
            DataSource dataSource,
            ProofSettings settings) {
        this.books = books;
        this.store = store;
        this.errors = errors;
        this.clock = clock;
        verifier = new Verifier(dataSource);
        sealing = settings.sealing().map(to -> {
            ManifestDirectory manifests = new ManifestDirectory(to.directory());
            return new Sealing(manifests, to, new Sealer(dataSource, clock, to.key(), manifests));
        });
    }

    /** Whether manifests have somewhere to go and something to be signed with. */
    public boolean isSealing() {
        return sealing.isPresent();
    }

    /** What verifying and sealing the book last came to; empty before the first time. */
    public Optional<BookProof> of(BookId book) {
        return store.find(book);
    }

    void verifyAll() {
        books.ledger().books().forEach(book -> guarded(book, () -> verify(book)));
    }

    void sealAll() {
        sealing.ifPresent(to -> books.ledger()
                .books()
                .forEach(book -> guarded(book, () -> {
                    Seal seal = to.sealer().seal(book.id());
                    store.sealed(book.id(), seal.manifest().sealedAt());
                })));
    }

    private void verify(Book book) {
        Instant now = clock.instant();
        Optional<Seal> seal = sealing.flatMap(to -> to.manifests().newest(book.id()));
        @Nullable Instant against = seal.map(each -> each.manifest().sealedAt()).orElse(null);
        boolean genuine = seal.isEmpty()
                || sealing.filter(to -> seal.get().isGenuine(to.settings().key().publicKey()))
                        .isPresent();
        if (!genuine) {
            String finding = "the newest manifest, of " + against + ", is not signed by our key or not about its heads";
            broken(book, new BookProof(book.id(), now, null, finding, 0, against, null));
            return;
        }
        switch (verifier.verify(book.id(), seal.orElse(null))) {
            case Verification.Sound sound ->
                store.verified(new BookProof(book.id(), now, sound.transfers(), null, 0, against, null));
            case Verification.Broken(BookId _, var first, int further) ->
                broken(book, new BookProof(book.id(), now, null, bounded(first.toString()), further, against, null));
        }
    }

    private void broken(Book book, BookProof proof) {
        store.verified(proof);
        errors.record("ledger_broken", "book " + book.name() + ": " + proof.finding(), "book/" + book.id());
    }

    private static String bounded(String finding) {
        return finding.substring(0, Math.min(finding.length(), FINDING_CHARACTERS_MAX));
    }

    /** One book that cannot be read now does not keep the others waiting. */
    private void guarded(Book book, Runnable work) {
        try {
            work.run();
        } catch (ProofUnavailableException away) {
            String message = "book " + book.name() + ": " + away.getMessage();
            errors.record("ledger_proof_unavailable", bounded(message), "book/" + book.id());
        }
    }
}
