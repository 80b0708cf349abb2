package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.ledger.proof.Head;
import io.bursar.ledger.proof.Manifest;
import io.bursar.ledger.proof.ManifestDirectory;
import io.bursar.ledger.proof.Proof;
import io.bursar.ledger.proof.ProofCheck;
import io.bursar.ledger.proof.ProofUnavailableException;
import io.bursar.ledger.proof.Prover;
import io.bursar.ledger.proof.Seal;
import io.bursar.ledger.proof.Sealer;
import io.bursar.ledger.proof.SigningKey;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can check who has a manifest and a public key, and trusts neither us nor our database. */
final class ProofTest {
    private final LedgerFixture books = new LedgerFixture();
    private final SigningKey key = SigningKey.generate();
    private final Prover prover = new Prover(books.dataSource);

    @TempDir
    private Path folder;

    private ManifestDirectory manifests;
    private Sealer sealer;

    @BeforeEach
    void everythingOnce() {
        manifests = new ManifestDirectory(folder);
        sealer = new Sealer(books.dataSource, books.clock, key, manifests);
        EveryKindOfRow.in(books);
    }

    @Test
    void every_transfer_can_be_proven_to_be_in_the_seal() {
        Seal seal = sealer.seal(books.book);
        List<Transfer> transfers =
                books.ledger.transfers(books.book, null, 1_000).items();
        assertThat(seal.manifest().transfers()).isEqualTo(transfers.size());
        for (Transfer transfer : transfers) {
            Proof proof = prover.prove(transfer.id(), seal).orElseThrow();
            assertThat(holds(proof, transfer.id(), seal)).isTrue();
            assertThat(ProofCheck.proven(proof).amount()).isEqualTo(transfer.amount());
        }
    }

    @Test
    void a_proof_survives_being_written_down() {
        Seal seal = sealer.seal(books.book);
        Transfer transfer =
                books.ledger.transfers(books.book, null, 1_000).items().getLast();
        Proof proof =
                Proof.parse(prover.prove(transfer.id(), seal).orElseThrow().text());
        Manifest manifest = Manifest.parse(seal.manifest().text());
        assertThat(ProofCheck.holds(proof, transfer.id(), manifest, seal.signature(), SigningKey.publicKey(key.pem())))
                .isTrue();
    }

    @Test
    void a_proof_that_was_changed_anywhere_does_not_hold() {
        Seal seal = sealer.seal(books.book);
        Transfer transfer =
                books.ledger.transfers(books.book, null, 1_000).items().getLast();
        String text = prover.prove(transfer.id(), seal).orElseThrow().text();
        int from = text.indexOf("head ");
        for (int place = from; place < text.length(); place += 7) {
            if (Character.digit(text.charAt(place), 16) >= 0) {
                char other = text.charAt(place) == '0' ? '1' : '0';
                String changed = text.substring(0, place) + other + text.substring(place + 1);
                assertThat(holdsText(changed, transfer.id(), seal))
                        .as("place %d", place)
                        .isFalse();
            }
        }
    }

    @Test
    void a_proof_is_of_one_transfer_one_manifest_and_one_key() {
        Seal seal = sealer.seal(books.book);
        List<Transfer> transfers =
                books.ledger.transfers(books.book, null, 1_000).items();
        Proof proof = prover.prove(transfers.getFirst().id(), seal).orElseThrow();
        assertThat(holds(proof, transfers.getLast().id(), seal)).isFalse();
        TransferId id = transfers.getFirst().id();
        assertThat(ProofCheck.holds(
                        proof,
                        id,
                        seal.manifest(),
                        seal.signature(),
                        SigningKey.generate().publicKey()))
                .isFalse();
        books.clock.advance(Duration.ofHours(1));
        books.submit("more", move(LedgerFixture.BANK, AccountPath.of("ann"), 1));
        books.submit("more lots", move(AccountPath.of("points"), AccountPath.of("bob"), 1));
        assertThat(holds(proof, id, sealer.seal(books.book))).isFalse();
    }

    @Test
    void what_was_posted_after_a_seal_cannot_be_proven_by_it() {
        Seal seal = sealer.seal(books.book);
        books.submit("later", move(LedgerFixture.BANK, AccountPath.of("ann"), 1));
        TransferId later =
                books.ledger.transfers(books.book, null, 1).items().getFirst().id();
        assertThat(prover.prove(later, seal)).isEmpty();
    }

    @Test
    void a_book_that_went_on_still_is_what_was_sealed() {
        Seal seal = sealer.seal(books.book);
        books.clock.advance(Duration.ofHours(1));
        books.submit("more", move(LedgerFixture.BANK, AccountPath.of("ann"), 1));
        assertThat(new Verifier(books.dataSource).verify(books.book, seal)).isInstanceOf(Verification.Sound.class);
    }

    @Test
    void seals_follow_each_other_and_are_kept_in_files_that_are_never_written_again() {
        Seal first = sealer.seal(books.book);
        assertThatThrownBy(() -> sealer.seal(books.book)).isInstanceOf(ProofUnavailableException.class);
        books.clock.advance(Duration.ofHours(1));
        Seal second = sealer.seal(books.book);
        assertThat(first.manifest().previous()).isEqualTo(Manifest.NO_HASH);
        assertThat(second.manifest().previous()).isEqualTo(first.manifest().hash());
        Seal kept = manifests.newest(books.book).orElseThrow();
        assertThat(kept).isEqualTo(second);
        assertThat(kept.isGenuine(key.publicKey())).isTrue();
    }

    @Test
    void a_seal_with_another_head_is_not_genuine() {
        Seal seal = sealer.seal(books.book);
        Head head = seal.heads().getFirst();
        List<Head> forged = new ArrayList<>(seal.heads());
        forged.set(0, new Head(head.account(), head.sequence(), head.hash(), head.posted() + 1, 0, 0));
        assertThat(new Seal(seal.manifest(), seal.signature(), forged).isGenuine(key.publicKey()))
                .isFalse();
    }

    @Test
    void a_signing_key_needs_both_its_halves() {
        String pem = key.pem();
        String half = pem.substring(0, pem.indexOf("-----BEGIN PUBLIC"));
        assertThat(SigningKey.parse(pem).publicKey()).isEqualTo(key.publicKey());
        assertThatThrownBy(() -> SigningKey.parse(half)).hasMessageContaining("no PUBLIC KEY");
        String mixed = half + SigningKey.generate().pem().substring(pem.indexOf("-----BEGIN PUBLIC"));
        assertThatThrownBy(() -> SigningKey.parse(mixed)).hasMessageContaining("do not belong together");
    }

    private boolean holds(Proof proof, TransferId transfer, Seal seal) {
        return ProofCheck.holds(proof, transfer, seal.manifest(), seal.signature(), key.publicKey());
    }

    private boolean holdsText(String text, TransferId transfer, Seal seal) {
        try {
            return holds(Proof.parse(text), transfer, seal);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
