package io.bursar.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.Floors;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditVerification;
import io.bursar.books.Books;
import io.bursar.gates.Gates;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Unit;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import io.bursar.mail.Mail;
import io.bursar.platform.BareDatabase;
import io.bursar.platform.Database;
import io.bursar.platform.Epoch;
import io.bursar.platform.Home;
import io.bursar.platform.Migrator;
import io.bursar.platform.Migrator.Script;
import io.bursar.platform.Settings;
import io.bursar.platform.StartRefusedException;
import io.bursar.shared.Actor;
import io.bursar.upkeep.BackupManifest.TableCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** All of a running Bursar as a file, and all of that in another database. */
class BackupTest {
    private static final Unit USD = new Unit("USD", 2);
    private static final Actor TEST = Actor.system("test");
    private static final List<String> LEFT_OUT =
            List.of("identity.rate_limit_bucket", "identity.session", "jobs.scheduled_tasks", "platform.migrated");

    private final TestBursar bursar = TestBursar.shared();

    @TempDir
    private Path folder;

    @Test
    void every_row_of_every_table_comes_back_and_what_was_left_out_is_known_by_name() throws Exception {
        filledBook();
        Path file = backUp();
        try (BackupFile backup = opened(file);
                BareDatabase target = empty()) {
            Restore restore = new Restore(target, bursar.clock());
            assertThat(restore.from(backup)).isInstanceOf(RestoreOutcome.Restored.class);

            Path again = folder.resolve("again.zip");
            assertThat(new Backup(target, bursar.clock()).write(again)).isInstanceOf(BackupOutcome.Written.class);
            try (BackupFile copy = opened(again)) {
                Map<String, TableCopy> before = byName(backup);
                Map<String, TableCopy> after = byName(copy);
                assertThat(after.keySet()).isEqualTo(before.keySet()).doesNotContainAnyElementsOf(LEFT_OUT);
                assertThat(after.remove("platform.epoch")).isNotEqualTo(before.remove("platform.epoch"));
                assertThat(after).isEqualTo(before);
                assertThat(before.values())
                        .filteredOn(table -> table.rows() > 0)
                        .extracting(table -> table.shape().schema())
                        .contains("audit", "identity", "ledger", "mail", "fx");
            }
            List<String> leftOut = new ArrayList<>(tables(target));
            leftOut.removeAll(byName(backup).keySet());
            assertThat(leftOut).containsExactlyInAnyOrderElementsOf(LEFT_OUT);
        }
    }

    @Test
    void a_restored_bursar_serves_with_outward_gates_closed_and_its_proofs_whole() throws Exception {
        BookId book = filledBook();
        String session = bursar.admin().cookie("bursar_session").orElseThrow();
        Path file = backUp();
        Path home = folder.resolve("home");
        try (BackupFile backup = opened(file);
                BareDatabase target = BareDatabase.alone(new Settings(Map.of("BURSAR_HOME", home.toString())))) {
            assertThat(new Restore(target, bursar.clock()).from(backup)).isInstanceOf(RestoreOutcome.Restored.class);
        }

        try (TestBursar restored = TestBursar.start(Map.of("BURSAR_HOME", home.toString()))) {
            assertThat(restored.bean(Epoch.class).number())
                    .isEqualTo(bursar.bean(Epoch.class).number() + 1);
            assertThat(restored.bean(Gates.class).closed())
                    .isNotEmpty()
                    .allMatch(view -> view.gate().outward())
                    .allMatch(view ->
                            Objects.requireNonNull(view.closure()).reason().startsWith("Restored from the backup of "));
            assertThat(restored.bean(Gates.class).list())
                    .filteredOn(view -> view.gate().outward())
                    .allMatch(view -> view.closure() != null);
            assertThat(new Verifier(restored.bean(Database.class).dataSource()).verify(book, null))
                    .isInstanceOf(Verification.Sound.class);
            restored.run("chain-audit");
            assertThat(restored.bean(Audit.class).verify()).isInstanceOf(AuditVerification.Intact.class);
            assertThat(restored.browser()
                            .with("Cookie", "bursar_session=" + session)
                            .get("/console")
                            .statusCode())
                    .as("nobody is signed in")
                    .isEqualTo(303);
            assertThat(restored.admin().get("/console/gates").body()).contains("Restored from the backup of");
            post(restored, book, "after the restore");
            assertThat(next(restored, "stablecoin.deposit_index"))
                    .as("an address that was given out since the backup is not given out again")
                    .isGreaterThan(Restore.NUMBERS_LEFT_OUT);
            assertThatThrownBy(() ->
                            restored.sql().sql("DELETE FROM ledger.transfer").update())
                    .as("history is history again")
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void a_backup_is_of_one_moment_while_money_moves() throws Exception {
        BookId book = filledBook();
        AtomicBoolean stop = new AtomicBoolean();
        Thread busy = Thread.ofVirtual().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                post(bursar, book, "busy " + i);
            }
        });
        Path file;
        try {
            file = backUp();
        } finally {
            stop.set(true);
            busy.join();
        }
        try (BackupFile backup = opened(file);
                BareDatabase target = empty()) {
            new Restore(target, bursar.clock()).from(backup);
            assertThat(new Verifier(dataSource(target)).verify(book, null)).isInstanceOf(Verification.Sound.class);
        }
    }

    @Test
    void what_was_cut_off_or_changed_anywhere_is_refused_or_is_still_the_same() throws Exception {
        Path file = backUp();
        byte[] bytes = Files.readAllBytes(file);
        BackupManifest manifest;
        try (BackupFile backup = opened(file)) {
            manifest = backup.manifest();
        }
        long seed = 20_261_121;
        Random random = new Random(seed);
        int noticed = 0;
        for (int i = 0; i < 200; i++) {
            byte[] changed = bytes.clone();
            int at = random.nextInt(bytes.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));
            if (BackupFile.open(written(changed)) instanceof BackupFile.Opening.Opened(BackupFile backup)) {
                try (backup) {
                    assertThat(backup.manifest())
                            .as("byte %d, seed %d", at, seed)
                            .isEqualTo(manifest);
                }
            } else {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(100);
        for (int i = 0; i < 20; i++) {
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThat(BackupFile.open(written(cut))).isInstanceOf(BackupFile.Opening.Unusable.class);
        }
    }

    @Test
    void foreign_files_are_refused_with_a_sentence() throws IOException {
        assertThat(BackupFile.open(written("SELECT 1;".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new BackupFile.Opening.Unusable("It is no backup of Bursar, or it is cut off."));
        Path zip = folder.resolve("holiday.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("manifest.json"));
            out.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(BackupFile.open(zip)).isEqualTo(new BackupFile.Opening.Unusable("It is no backup of Bursar."));
    }

    @Test
    void a_database_with_anything_in_it_is_left_alone() throws Exception {
        Path file = backUp();
        try (BackupFile backup = opened(file);
                BareDatabase target = empty()) {
            execute(target, "CREATE TABLE notes (line text)");
            assertThat(new Restore(target, bursar.clock()).from(backup))
                    .isEqualTo(new RestoreOutcome.NotEmpty("public.notes"));
            execute(target, "DROP TABLE notes");
            assertThat(new Restore(target, bursar.clock()).from(backup)).isInstanceOf(RestoreOutcome.Restored.class);
            assertThat(new Restore(target, bursar.clock()).from(backup)).isInstanceOf(RestoreOutcome.NotEmpty.class);
        }
    }

    @Test
    void a_restore_that_fails_half_way_leaves_an_empty_database() throws Exception {
        Path file = forged(backUp());
        try (BackupFile backup = opened(file);
                BareDatabase target = empty();
                Connection connection = target.connect()) {
            assertThatThrownBy(() -> new Restore(target, bursar.clock()).from(backup))
                    .hasMessageContaining("could not be filled");
            assertThat(new CatalogStore(connection).anything()).isEmpty();
        }
    }

    @Test
    void nothing_starts_on_half_of_a_backup() throws Exception {
        String url = Floors.emptyDatabaseUrl();
        try (BareDatabase target = BareDatabase.alone(new Settings(Map.of("DATABASE_URL", url)))) {
            execute(target, "CREATE SCHEMA " + Migrator.UNFINISHED_RESTORE);
            try (BackupFile backup = opened(backUp())) {
                assertThat(new Restore(target, bursar.clock()).obstacle(backup))
                        .contains(new RestoreOutcome.NotEmpty(Migrator.UNFINISHED_RESTORE));
            }
        }
        assertThatThrownBy(() -> Database.open(new Settings(Map.of("DATABASE_URL", url))))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("was not finished");
    }

    @Test
    void an_older_state_of_the_schemas_is_taken_and_a_newer_or_another_one_is_not() {
        Script one = new Script("1", 11);
        Script two = new Script("2", 22);
        Map<String, List<Script>> build = Map.of("audit", List.of(one, two), "gates", List.of(one));

        assertThat(Restore.difference(Map.of("audit", List.of(one)), build)).isEmpty();
        assertThat(Restore.difference(build, build)).isEmpty();
        assertThat(Restore.difference(Map.of("audit", List.of(one, new Script("2", 23))), build))
                .contains("The schema 'audit' of the backup is not an earlier state of this build's.");
        assertThat(Restore.difference(Map.of("audit", List.of(one, two, new Script("3", 33))), build))
                .isPresent();
        assertThat(Restore.difference(Map.of("loyalty", List.of(one)), build)).isPresent();
    }

    @Test
    void an_empty_database_is_not_worth_a_backup() throws IOException {
        try (BareDatabase target = empty()) {
            assertThat(new Backup(target, bursar.clock()).write(folder.resolve("nothing.zip")))
                    .isInstanceOf(BackupOutcome.NothingThere.class);
        }
    }

    private BookId filledBook() {
        Books books = bursar.bean(Books.class);
        BookId book = books.open("backup " + UUID.randomUUID());
        Ledger ledger = books.ledger();
        ledger.openAccount(book, AccountSpec.withoutFloor("bank", USD), "test", "the bank");
        ledger.openAccount(book, AccountSpec.of("ann", USD), "test", "Ann");
        post(bursar, book, "deposit");
        bursar.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            bursar.bean(Audit.class).record(TEST, "test.done", "test/1", Map.of(), Map.of("x", "\t\\N\n"), "why \\.");
            bursar.bean(Mail.class).queue("test", "somebody@mail.example", "Ünïcode \\", "text");
        });
        return book;
    }

    private static void post(TestBursar on, BookId book, String reference) {
        on.bean(Books.class)
                .ledger()
                .submit(Posting.of(
                        book,
                        reference,
                        "test",
                        "",
                        new Leg.Move(AccountPath.of("bank"), AccountPath.of("ann"), 5, USD)));
    }

    /** Beside the Bursar that serves, which has locked its home. */
    private Path backUp() throws IOException {
        Path file = folder.resolve(UUID.randomUUID() + ".zip");
        String home = bursar.bean(Home.class).path().toString();
        try (BareDatabase database = BareDatabase.beside(new Settings(Map.of("BURSAR_HOME", home)))) {
            assertThat(new Backup(database, bursar.clock()).write(file)).isInstanceOf(BackupOutcome.Written.class);
        }
        return file;
    }

    private static BareDatabase empty() {
        return BareDatabase.alone(new Settings(Map.of("DATABASE_URL", Floors.emptyDatabaseUrl())));
    }

    private static BackupFile opened(Path file) throws IOException {
        return switch (BackupFile.open(file)) {
            case BackupFile.Opening.Opened(BackupFile backup) -> backup;
            case BackupFile.Opening.Unusable(String sentence) -> throw new AssertionError(sentence);
        };
    }

    private static Map<String, TableCopy> byName(BackupFile backup) {
        return backup.manifest().tables().stream()
                .collect(Collectors.toMap(table -> table.shape().toString(), Function.identity()));
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("written.zip"), bytes);
    }

    /** One table with a line that is no row of it, and all digests right. */
    private Path forged(Path file) throws IOException {
        Path forged = folder.resolve("forged.zip");
        try (BackupFile backup = opened(file);
                OutputStream out = Files.newOutputStream(forged);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            BackupManifest manifest = backup.manifest();
            byte[] nonsense = "nonsense\n".getBytes(StandardCharsets.UTF_8);
            String digest = HexFormat.of().formatHex(BackupFile.sha256().digest(nonsense));
            List<TableCopy> tables = manifest.tables().stream()
                    .map(table -> table.shape().toString().equals("ledger.transfer")
                            ? new TableCopy(table.shape(), 1, digest)
                            : table)
                    .toList();
            for (TableCopy table : tables) {
                zip.putNextEntry(new ZipEntry(table.shape().entry()));
                zip.write(
                        table.sha256().equals(digest)
                                ? nonsense
                                : backup.rows(table.shape()).readAllBytes());
            }
            byte[] json = JsonMapper.shared()
                    .writeValueAsBytes(new BackupManifest(
                            manifest.format(),
                            manifest.madeAt(),
                            manifest.epoch(),
                            manifest.server(),
                            manifest.scripts(),
                            tables,
                            manifest.sequences()));
            zip.putNextEntry(new ZipEntry(BackupFile.MANIFEST));
            zip.write(json);
            zip.setComment(BackupFile.comment(json));
        }
        return forged;
    }

    private static List<String> tables(BareDatabase database) {
        return JdbcClient.create(dataSource(database))
                .sql("""
                        SELECT schemaname || '.' || tablename FROM pg_catalog.pg_tables
                         WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema'
                           AND tablename <> 'flyway_schema_history'
                        """)
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }

    private static DataSource dataSource(BareDatabase database) {
        var owner = database.logins().owner();
        return new DriverManagerDataSource(owner.jdbcUrl(), owner.user(), owner.password());
    }

    private static long next(TestBursar on, String sequence) {
        return on.sql()
                .sql("SELECT nextval(:sequence::regclass)")
                .param("sequence", sequence)
                .query(Long.class)
                .single();
    }

    private static void execute(BareDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
