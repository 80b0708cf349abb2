package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.TestBursar;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Outcome;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Unit;
import io.bursar.ledger.proof.ManifestDirectory;
import io.bursar.ledger.proof.Sealer;
import io.bursar.ledger.proof.SigningKey;
import io.bursar.platform.Database;
import io.bursar.platform.DatabaseLogins;
import io.bursar.platform.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A book leaves one Bursar as a file and comes to another, by hand of an operator. */
class LedgerCommandTest {
    private static final Unit USD = new Unit("USD", 2);

    private final TestBursar bursar = TestBursar.shared();
    private final DataSource dataSource = bursar.bean(Database.class).dataSource();
    private final String name = "cli " + UUID.randomUUID();
    private BookId book;
    private String told = "";

    @TempDir
    private Path folder;

    @BeforeEach
    void post() {
        try (Ledger ledger = Ledger.open(dataSource, bursar.clock())) {
            book = ledger.openBook(name);
            ledger.openAccount(book, AccountSpec.withoutFloor("bank", USD), "test", "the bank");
            ledger.openAccount(book, AccountSpec.of("ann", USD), "test", "Ann");
            Leg deposit = new Leg.Move(AccountPath.of("bank"), AccountPath.of("ann"), 5, USD);
            assertThat(ledger.submit(Posting.of(book, "deposit", "test", "", deposit)))
                    .isInstanceOf(Outcome.Posted.class);
        }
    }

    @Test
    void a_book_is_exported_and_imported_into_a_new_home_and_is_the_same_there() throws IOException {
        Path archive = folder.resolve("book.archive");
        Path home = folder.resolve("home");
        assertThat(run("export", name, archive.toString())).as(told).isZero();
        assertThat(told).contains("is sound: 2 accounts, 2 events, 1 transfers, 0 closings");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");

        assertThat(run("import", archive.toString())).isEqualTo(1);
        assertThat(told).contains("is there already");
        String[] elsewhere = {"--home", home.toString()};
        assertThat(runAlone("verify", name, elsewhere[0], elsewhere[1])).isEqualTo(2);
        assertThat(told).contains("There is no database in " + home);

        assertThat(runAlone("import", archive.toString(), elsewhere[0], elsewhere[1]))
                .as(told)
                .isZero();
        assertThat(runAlone("verify", name, elsewhere[0], elsewhere[1]))
                .as(told)
                .isZero();
        assertThat(told).contains("It was held against no seal.");
        Path again = folder.resolve("again.archive");
        assertThat(runAlone("export", book.toString(), again.toString(), elsewhere[0], elsewhere[1]))
                .as(told)
                .isZero();
        assertThat(again).hasSameBinaryContentAs(archive);
    }

    @Test
    void a_file_that_is_there_is_never_written_over_and_nothing_half_is_left() throws IOException {
        Path archive = Files.writeString(folder.resolve("precious"), "mine");
        assertThat(run("export", name, archive.toString())).isEqualTo(2);
        assertThat(told).contains("There is a file " + archive + " already.");
        assertThat(archive).hasContent("mine");
        assertThat(run("export", "nobody", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(told).contains("There is no book nobody.");
        assertThat(run("export", name, folder.resolve("no/such/folder").toString()))
                .isEqualTo(3);
        assertThat(told).contains("It could not be done");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(archive);
        }
    }

    @Test
    void what_is_no_archive_is_refused_by_its_line() throws IOException {
        Path archive = Files.writeString(folder.resolve("notes.txt"), "buy milk\n");
        assertThat(run("import", archive.toString())).isEqualTo(1);
        assertThat(told).contains("Nothing was imported: line 1: buy milk (expected: bursar archive 1)");
        assertThat(run("import", folder.resolve("absent").toString())).isEqualTo(2);
        assertThat(told).contains("There is no file");
    }

    @Test
    void a_book_is_held_against_its_newest_seal_and_the_seal_against_its_key() throws IOException {
        SigningKey key = SigningKey.generate();
        Path manifests = folder.resolve("manifests");
        new Sealer(dataSource, bursar.clock(), key, new ManifestDirectory(manifests)).seal(book);
        Path ours = Files.writeString(folder.resolve("ours.pem"), key.pem());
        Path theirs = Files.writeString(
                folder.resolve("theirs.pem"), SigningKey.generate().pem());
        String[] verify = {"verify", name, "--manifests", manifests.toString()};
        assertThat(run(with(verify, "--key", ours.toString()))).as(told).isZero();
        assertThat(told).contains("It fits the seal of ");
        assertThat(run(with(verify, "--key", theirs.toString()))).isEqualTo(1);
        assertThat(run(verify)).isZero();
        assertThat(told).contains("The signature of the seal was not checked");
        assertThat(run("verify", name, "--manifests", folder.toString())).isEqualTo(1);
        assertThat(told).contains("There is no seal");
    }

    @Test
    void a_database_that_is_away_is_told_with_the_reason() {
        Map<String, String> away = Map.of("DATABASE_URL", "postgres://nobody:x@127.0.0.1:1/none");
        assertThat(run(away, "verify", name)).isEqualTo(3);
        assertThat(told).contains("It could not be done").contains("Connection refused");
    }

    @Test
    void a_home_that_somebody_serves_from_is_left_alone() {
        assertThat(runAlone(
                        "verify", name, "--home", bursar.bean(Home.class).path().toString()))
                .isEqualTo(3);
        assertThat(told).contains("Another Bursar is running on");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** On the database of the Bursar that is running. */
    private int run(String... arguments) {
        DatabaseLogins logins = bursar.bean(Database.class).logins();
        return run(
                Map.of(
                        "DATABASE_URL", logins.app().psqlUrl(),
                        "MIGRATION_DATABASE_URL", logins.owner().psqlUrl()),
                arguments);
    }

    private int runAlone(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        StringWriter output = new StringWriter();
        CommandLine command = Main.commandLine(environment, InputStream.nullInputStream())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(output));
        int code = command.execute(with(new String[] {"ledger"}, arguments));
        told = output.toString();
        return code;
    }
}
