package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class EmbeddedDatabaseTest {
    @TempDir
    private Path home;

    @Test
    void it_is_durable_and_protected_by_passwords() throws IOException {
        try (Database database = open()) {
            assertDurable(database);
            assertPasswordsRequired(database);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.resolve("database.properties"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_killed_jvm_leaves_a_server_that_the_next_start_takes_over_from() throws Exception {
        Process jvm = killableJvm();
        jvm.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(pid())).as("the server outlives its JVM").isPresent();
        assertTheWordIsKept();
    }

    @Test
    void nothing_acknowledged_is_lost_when_everything_is_killed() throws Exception {
        killEverything();
    }

    private void killEverything() throws Exception {
        Process jvm = killableJvm();
        ProcessHandle server = ProcessHandle.of(pid()).orElseThrow();
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        jvm.destroyForcibly().waitFor();
        assertTheWordIsKept();
    }

    @Tag("long")
    @Tag("server")
    @RepeatedTest(20)
    void nothing_acknowledged_is_lost_in_twenty_kills() throws Exception {
        killEverything();
    }

    @Test
    void two_never_share_one_home() {
        try (Database first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("Another Bursar is running");
            assertThat(first.isEmbedded()).isTrue();
        }
    }

    @Test
    void a_database_of_other_migrations_is_refused_in_words() {
        try (Database database = open()) {
            JdbcClient owner = owner(database);
            owner.sql("UPDATE ledger.flyway_schema_history SET checksum = 1 WHERE version = '1'")
                    .update();
            owner.sql("TRUNCATE platform.migrated").update();
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("schema 'ledger'")
                .hasMessageContaining("--fresh");
        assertThat(home.resolve("postgres/postmaster.pid"))
                .as("no server is left behind")
                .doesNotExist();
    }

    @Test
    void the_serving_role_cannot_create_or_drop_anything() {
        try (Database database = open()) {
            JdbcClient app = JdbcClient.create(database.dataSource());
            assertThatThrownBy(
                            () -> app.sql("CREATE TABLE platform.mine (id int)").update())
                    .rootCause()
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> app.sql("DROP TABLE platform.migrated").update())
                    .rootCause()
                    .hasMessageContaining("must be owner");
        }
    }

    private Database open() {
        return Database.open(new Settings(Map.of("BURSAR_HOME", home.toString())));
    }

    private static void assertDurable(Database database) {
        JdbcClient app = JdbcClient.create(database.dataSource());
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            assertThat(app.sql("SHOW " + setting).query(String.class).single())
                    .as(setting)
                    .isEqualTo("on");
        }
        assertThat(app.sql("SHOW listen_addresses").query(String.class).single())
                .isEqualTo("127.0.0.1");
    }

    private static void assertPasswordsRequired(Database database) {
        DatabaseLogin login = database.logins().owner();
        for (String role : new String[] {"postgres", login.user()}) {
            assertThatThrownBy(() -> new DriverManagerDataSource(login.jdbcUrl(), role, "guess").getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    static JdbcClient owner(Database database) {
        DatabaseLogin login = database.logins().owner();
        return JdbcClient.create(new DriverManagerDataSource(login.jdbcUrl(), login.user(), login.password()));
    }

    /** Another JVM opens the database, writes a word, says so and waits to be killed. */
    private Process killableJvm() throws IOException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KillableDatabase.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = jvm.inputReader();
        assertThat(output.lines().anyMatch(KillableDatabase.WRITTEN::equals))
                .as("the other JVM wrote")
                .isTrue();
        return jvm;
    }

    private void assertTheWordIsKept() {
        try (Database again = open()) {
            assertThat(owner(again)
                            .sql("SELECT word FROM platform.kept")
                            .query(String.class)
                            .list())
                    .containsExactly("acknowledged");
        }
    }

    private long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(home.resolve("postgres/postmaster.pid")).getFirst());
    }
}
