package io.bursar.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.Floors;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Unit;
import io.bursar.ledger.proof.SigningKey;
import io.bursar.platform.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators learn that a book is sound, and when it no longer is. */
class BookProofsTest {
    private static final Unit USD = new Unit("USD", 2);

    @TempDir
    private Path folder;

    @Test
    void a_book_is_verified_sealed_and_found_broken_when_somebody_edits_it() throws IOException {
        Path key = Files.writeString(
                folder.resolve("seal.pem"), SigningKey.generate().pem());
        Path manifests = folder.resolve("manifests");
        Map<String, String> settings =
                Map.of("LEDGER_MANIFEST_DIR", manifests.toString(), "LEDGER_SEAL_KEY_FILE", key.toString());
        try (Floors floors = Floors.start(settings, context -> {}, "ledger", "audit", "errorlog", "books")) {
            BookProofs proofs = floors.bean(BookProofs.class);
            BookId book = posted(floors.bean(Books.class));
            floors.bean(SealBooks.class).run();
            floors.clock().forward(Duration.ofHours(1));
            floors.bean(VerifyBooks.class).run();
            BookProof sound = proofs.of(book).orElseThrow();
            assertThat(sound.broken()).isFalse();
            assertThat(sound.transfers()).isEqualTo(1);
            assertThat(sound.against()).isEqualTo(sound.sealedAt()).isNotNull();
            try (Stream<Path> files = Files.list(manifests.resolve(book.toString()))) {
                assertThat(files).hasSize(2);
            }

            floors.sql()
                    .sql("UPDATE ledger.account SET posted = posted + 1 WHERE path = 'wallet'")
                    .update();
            floors.bean(VerifyBooks.class).run();
            BookProof broken = proofs.of(book).orElseThrow();
            assertThat(broken.finding()).contains("ledger.account", "posted", "expected: 5");
            assertThat(floors.sql()
                            .sql("SELECT message FROM errorlog.entry WHERE code = 'ledger_broken'")
                            .query(String.class)
                            .list())
                    .hasSize(1);
        }
    }

    @Test
    void a_manifest_that_somebody_else_signed_does_not_count() throws IOException {
        Path key = folder.resolve("seal.pem");
        Map<String, String> settings =
                Map.of("LEDGER_MANIFEST_DIR", folder.toString(), "LEDGER_SEAL_KEY_FILE", key.toString());
        Files.writeString(key, SigningKey.generate().pem());
        try (Floors floors = Floors.start(settings, context -> {}, "ledger", "audit", "errorlog", "books")) {
            BookId book = posted(floors.bean(Books.class));
            floors.bean(SealBooks.class).run();
            Path manifest;
            try (Stream<Path> files = Files.list(folder.resolve(book.toString()))) {
                manifest = files.filter(file -> file.toString().endsWith(".manifest"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.writeString(manifest, Files.readString(manifest).replace("transfers 1", "transfers 2"));
            floors.bean(VerifyBooks.class).run();
            BookProof proof = floors.bean(BookProofs.class).of(book).orElseThrow();
            assertThat(proof.finding()).contains("not signed by our key");
        }
    }

    @Test
    void half_of_what_sealing_needs_is_refused_and_nothing_means_no_seals() throws IOException {
        Path notAKey = Files.writeString(folder.resolve("seal.pem"), "a key");
        assertThat(new ProofSettings(new Settings(Map.of())).sealing()).isEmpty();
        for (Map<String, String> half : List.of(
                Map.of("LEDGER_MANIFEST_DIR", "somewhere"),
                Map.of("LEDGER_MANIFEST_DIR", "somewhere", "LEDGER_SEAL_KEY_FILE", folder + "/none"),
                Map.of("LEDGER_MANIFEST_DIR", "somewhere", "LEDGER_SEAL_KEY_FILE", notAKey.toString()))) {
            Settings settings = new Settings(half);
            assertThat(new ProofSettings(settings).sealing()).isEmpty();
            assertThatThrownBy(settings::verify).hasMessageContaining("LEDGER_SEAL_KEY_FILE");
        }
    }

    private static BookId posted(Books books) {
        BookId book = books.open("proofs");
        List<AccountSpec> accounts = List.of(AccountSpec.withoutFloor("bank", USD), AccountSpec.of("wallet", USD));
        books.ledger().openAccounts(book, accounts, "test", "test");
        Leg move = new Leg.Move(AccountPath.of("bank"), AccountPath.of("wallet"), 5, USD);
        books.ledger().submit(Posting.of(book, "deposit", "test", "", move));
        return book;
    }
}
