package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.ledger.archive.BookArchive;
import io.bursar.ledger.archive.ExportOutcome;
import io.bursar.ledger.archive.ImportOutcome;
import io.bursar.ledger.proof.ManifestDirectory;
import io.bursar.ledger.proof.ManifestSink;
import io.bursar.ledger.proof.Seal;
import io.bursar.ledger.proof.Sealer;
import io.bursar.ledger.proof.SigningKey;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A book in which everything happened leaves one database and comes to another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArchiveTest {
    private LedgerFixture books;
    private Seal seal;
    private byte[] archive;

    @BeforeAll
    void make(@TempDir Path manifests) throws SQLException {
        books = new LedgerFixture(Scratch.create().dataSource);
        EveryKindOfRow.in(books);
        books.submit("odd text", new Leg.Move(BANK, AccountPath.of("bob"), 1, LedgerFixture.USD));
        books.ledger.submit(Posting.of(
                books.book,
                "odd text \\. \\N",
                "é—測",
                "tab\tline\nreturn\r \\. \\N",
                books.deposit(AccountPath.of("bob"), 1)));
        books.ledger.freeze(
                books.book, AccountPath.of("bob"), Set.of(Account.Direction.DEBITS), "a \"quoted\", {actor}", "NULL");
        seal = new Sealer(books.dataSource, books.clock, SigningKey.generate(), new ManifestDirectory(manifests))
                .seal(books.book);
        archive = ArchiveText.bytes(books.dataSource, books.book);
    }

    @Test
    void what_was_imported_is_the_book_byte_for_byte_and_fits_the_seal_from_before() throws SQLException {
        Scratch elsewhere = Scratch.create();
        ImportOutcome outcome =
                new BookArchive(elsewhere.dataSource).importBook(new ByteArrayInputStream(archive), seal);
        assertThat(outcome).isInstanceOf(ImportOutcome.Imported.class);
        Verifier verifier = new Verifier(elsewhere.dataSource);
        Verification verification = verifier.verify(books.book, seal);
        assertThat(verification)
                .isEqualTo(((ImportOutcome.Imported) outcome).book())
                .isEqualTo(new Verifier(books.dataSource).verify(books.book, seal));
        assertThat(ArchiveText.bytes(elsewhere.dataSource, books.book)).isEqualTo(archive);
        RowSums.agree(elsewhere.dataSource, books.book);
    }

    @Test
    void an_imported_book_goes_on_where_it_was() throws SQLException {
        Scratch elsewhere = Scratch.create();
        assertThat(ArchiveText.read(elsewhere.dataSource, archive)).isInstanceOf(ImportOutcome.Imported.class);
        try (Ledger ledger = Ledger.open(elsewhere.dataSource, books.clock)) {
            assertThat(ledger.openBook(books.ledger.books().getFirst().name())).isEqualTo(books.book);
            assertThat(ledger.trialBalance(books.book)).isEqualTo(books.ledger.trialBalance(books.book));
            assertThat(ledger.submit(books.posting("deposit", move(BANK, AccountPath.of("ann"), 1))))
                    .extracting(outcome -> ((Outcome.Rejected) outcome).reason())
                    .isEqualTo(RejectionReason.REFERENCE_CONFLICT);
            assertThat(ledger.submit(books.posting("captured", LedgerFixture.commit("open hold"))))
                    .isInstanceOf(Outcome.Posted.class);
            assertThat(ledger.submit(books.posting("new", move(BANK, AccountPath.of("lapsed"), 3))))
                    .isInstanceOf(Outcome.Posted.class);
            assertThat(ledger.closePeriod(books.book, LocalDate.of(2026, 4, 15), "bookkeeper", "month end"))
                    .isInstanceOf(PeriodClosing.Closed.class);
        }
        assertThat(new Verifier(elsewhere.dataSource).verify(books.book, seal)).isInstanceOf(Verification.Sound.class);
    }

    @Test
    void an_archive_says_what_it_holds_and_every_column_of_every_table_is_in_it() throws SQLException {
        ArchiveText text = ArchiveText.of(archive);
        assertThat(text.lines.getFirst()).isEqualTo("bursar archive 1");
        String catalog = """
                SELECT table_name || ' ' || string_agg(column_name, ' ' ORDER BY column_name)
                FROM information_schema.columns WHERE table_schema = 'ledger' GROUP BY table_name
                """;
        Scratch elsewhere = Scratch.create();
        for (String table : elsewhere.query(catalog)) {
            List<String> names = List.of(table.split(" "));
            assertThat(text.columns(names.getFirst()).stream().sorted())
                    .as(names.getFirst())
                    .isEqualTo(names.subList(1, names.size()));
            assertThat(text.count(names.getFirst())).isPositive();
        }
        assertThat(text.lines.get(text.lines.size() - 2))
                .isEqualTo("heads\t" + seal.manifest().headsRoot());
        assertThat(text.signed()).isEqualTo(archive);
    }

    @Test
    void a_book_is_exported_as_of_one_moment_while_eight_threads_post() throws Exception {
        LedgerFixture busy = new LedgerFixture();
        List<AccountPath> wallets = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            wallets.add(busy.wallet("wallet/" + number));
        }
        int exports = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(wallets.size())) {
            List<Future<?>> posting = new ArrayList<>();
            for (AccountPath wallet : wallets) {
                posting.add(threads.submit(() -> {
                    for (int number = 0; number < 60; number++) {
                        busy.submit(
                                wallet + "/" + number, busy.deposit(wallet, 10), move(wallet, wallets.getFirst(), 3));
                    }
                }));
            }
            do {
                byte[] moment = ArchiveText.bytes(busy.dataSource, busy.book);
                assertThat(ArchiveText.read(Scratch.create().dataSource, moment))
                        .isInstanceOf(ImportOutcome.Imported.class);
                exports++;
            } while (!posting.stream().allMatch(Future::isDone));
        }
        assertThat(exports).isPositive();
    }

    @Test
    void a_book_that_is_there_already_is_refused_by_its_id_and_by_its_name() throws SQLException {
        assertThat(ArchiveText.read(books.dataSource, archive))
                .isInstanceOfSatisfying(
                        ImportOutcome.BookExists.class,
                        exists -> assertThat(exists.book()).isEqualTo(books.book));
        Scratch elsewhere = Scratch.create();
        Ledger ledger = Ledger.open(elsewhere.dataSource, books.clock);
        String name = books.ledger.books().getFirst().name();
        BookId other = ledger.openBook(name);
        assertThat(ArchiveText.read(elsewhere.dataSource, archive))
                .isInstanceOfSatisfying(
                        ImportOutcome.BookExists.class,
                        exists -> assertThat(exists.message()).contains(name));
        assertThat(ledger.books()).extracting(Book::id).containsExactly(other);
        assertThat(elsewhere.query("SELECT count(*) FROM ledger.transfer")).containsExactly("0");
    }

    @Test
    void a_book_that_is_unknown_or_not_sound_is_not_exported() throws SQLException {
        Scratch scratch = Scratch.create();
        LedgerFixture broken = new LedgerFixture(scratch.dataSource);
        broken.submit("deposit", broken.deposit(broken.wallet("ann"), 5));
        scratch.unguard();
        scratch.execute("UPDATE ledger.transfer SET amount = 6");
        OutputStream untouched = new OutputStream() {
            @Override
            public void write(int written) {
                throw new AssertionError("nothing is written");
            }
        };
        BookArchive archives = new BookArchive(scratch.dataSource);
        assertThat(archives.exportBook(broken.book, untouched)).isInstanceOf(ExportOutcome.Unsound.class);
        BookId nobody = new BookId(new UUID(1, 2));
        assertThat(archives.exportBook(nobody, untouched)).isEqualTo(new ExportOutcome.UnknownBook(nobody));
    }

    @Test
    void an_archive_that_does_not_fit_the_seal_is_refused() throws SQLException {
        Scratch elsewhere = Scratch.create();
        BookArchive archives = new BookArchive(elsewhere.dataSource);
        LedgerFixture other = new LedgerFixture();
        byte[] before = ArchiveText.bytes(other.dataSource, other.book);
        other.submit("later", other.deposit(other.wallet("ann"), 5));
        Seal later =
                new Sealer(other.dataSource, other.clock, SigningKey.generate(), new NoManifests()).seal(other.book);
        assertThat(archives.importBook(new ByteArrayInputStream(before), later))
                .isInstanceOf(ImportOutcome.Unsound.class);
        assertThat(archives.importBook(new ByteArrayInputStream(before), seal))
                .isInstanceOfSatisfying(
                        ImportOutcome.Unreadable.class,
                        unreadable -> assertThat(unreadable.toString())
                                .isEqualTo("line 3: is book %s (expected: the sealed book %s)"
                                        .formatted(other.book, books.book)));
        assertThat(elsewhere.query("SELECT count(*) FROM ledger.book")).containsExactly("0");
        assertThat(archives.importBook(new ByteArrayInputStream(before))).isInstanceOf(ImportOutcome.Imported.class);
    }

    @Test
    void importing_takes_the_privileges_of_posting_and_no_more() throws SQLException {
        Scratch elsewhere = Scratch.create();
        String role = "poster_" + UUID.randomUUID().toString().replace('-', '_');
        for (String grant : List.of(
                "CREATE ROLE " + role + " LOGIN",
                "GRANT USAGE ON SCHEMA ledger TO " + role,
                "GRANT SELECT, INSERT ON ledger.book, ledger.account_event, ledger.transfer, ledger.period_close TO "
                        + role,
                "GRANT SELECT, INSERT, UPDATE ON ledger.account, ledger.period TO " + role)) {
            elsewhere.execute(grant);
        }
        PGSimpleDataSource poster = new PGSimpleDataSource();
        try (var connection = elsewhere.dataSource.getConnection()) {
            poster.setUrl(connection.getMetaData().getURL());
        }
        poster.setUser(role);
        assertThat(ArchiveText.read(poster, archive)).isInstanceOf(ImportOutcome.Imported.class);
        assertThat(ArchiveText.bytes(poster, books.book)).isEqualTo(archive);
    }

    @Test
    void a_stream_that_breaks_leaves_nothing_behind() throws SQLException {
        Scratch elsewhere = Scratch.create();
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(Arrays.copyOf(archive, archive.length / 2)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return read();
                    }
                });
        BookArchive archives = new BookArchive(elsewhere.dataSource);
        assertThatThrownBy(() -> archives.importBook(broken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the disk is gone");
        assertThat(elsewhere.query("SELECT count(*) FROM ledger.book")).containsExactly("0");
        OutputStream full = new OutputStream() {
            @Override
            public void write(int written) throws IOException {
                throw new IOException("no space left");
            }
        };
        assertThatThrownBy(() -> new BookArchive(books.dataSource).exportBook(books.book, full))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no space left");
        assertThat(ArchiveText.read(elsewhere.dataSource, archive)).isInstanceOf(ImportOutcome.Imported.class);
        assertThat(books.ledger.books()).hasSize(1);
    }

    /** A line that never ends is given up after its limit, whatever the machine has of memory. */
    @Test
    void a_line_of_any_length_is_refused_in_bounded_memory() throws SQLException {
        byte[] start = "bursar archive 1\nbook\t1\tid\tname\topened_at\n".getBytes(StandardCharsets.UTF_8);
        long[] given = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                given[0]++;
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                Arrays.fill(bytes, offset, offset + length, (byte) 'x');
                given[0] += length;
                return length;
            }
        };
        ImportOutcome outcome = new BookArchive(Scratch.create().dataSource)
                .importBook(new SequenceInputStream(new ByteArrayInputStream(start), endless));
        assertThat(outcome).hasToString("line 3: is longer than 16777216 bytes");
        assertThat(given[0]).isLessThan((1 << 24) + (1 << 17));
    }

    private static final class NoManifests implements ManifestSink {
        @Override
        public void keep(Seal seal) {}

        @Override
        public Optional<Seal> newest(BookId book) {
            return Optional.empty();
        }
    }
}
