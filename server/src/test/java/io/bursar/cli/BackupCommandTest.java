package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Floors;
import io.bursar.TestBursar;
import io.bursar.platform.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What operators type, and what they are told. */
class BackupCommandTest {
    private final String home = TestBursar.shared().bean(Home.class).path().toString();
    private String told = "";
    private Optional<String> typed = Optional.empty();

    @TempDir
    private Path folder;

    @Test
    void a_backup_is_made_beside_a_server_that_serves_and_only_its_owner_may_read_it() throws IOException {
        assertThat(run(Map.of("BURSAR_HOME", home, "BACKUP_DIR", folder.toString()), "backup"))
                .as(told)
                .isZero();
        List<Path> files = files();
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().getFileName().toString()).matches("bursar-\\d{8}-\\d{6}\\.zip");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
                .isEqualTo("rw-------");
        assertThat(told).contains("Kept ", " rows of ", files.getFirst().toString());
        String file = files.getFirst().toString();
        assertThat(run(Map.of("BURSAR_HOME", home), "backup", file)).isEqualTo(2);
        assertThat(told).contains("There is a file " + file + " already.");
    }

    @Test
    void what_cannot_be_kept_leaves_no_file() throws IOException {
        assertThat(run(Map.of("DATABASE_URL", Floors.emptyDatabaseUrl()), "backup", file("a.zip")))
                .isEqualTo(1);
        assertThat(told).contains("There is nothing of Bursar in this database: nothing was kept.");
        assertThat(run(Map.of("BURSAR_HOME", folder.resolve("nowhere").toString()), "backup", file("a.zip")))
                .isEqualTo(2);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_restore_asks_and_does_nothing_for_any_other_word_than_yes() {
        String file = file("kept.zip");
        run(Map.of("BURSAR_HOME", home), "backup", file);
        Map<String, String> target = Map.of("DATABASE_URL", Floors.emptyDatabaseUrl());

        assertThat(run(target, "restore", file)).isEqualTo(1);
        assertThat(told).contains("Nothing was restored: Nobody is there to be asked: say --yes.");
        typed = Optional.of("yeah");
        assertThat(run(target, "restore", file)).isEqualTo(1);
        assertThat(told).contains("Nothing was restored: It was not agreed to.");

        typed = Optional.of(" Yes ");
        assertThat(run(target, "restore", file)).as(told).isZero();
        assertThat(told).contains("Restored ", "this is epoch 2", "books are sound", "page Gates");

        assertThat(run(target, "restore", file, "--yes")).isEqualTo(1);
        assertThat(told).contains("Nothing was restored: The database is not empty: ");
    }

    @Test
    void a_restore_never_touches_a_home_on_which_a_bursar_runs_nor_takes_what_is_no_backup() throws IOException {
        String file = file("kept.zip");
        run(Map.of("BURSAR_HOME", home), "backup", file);
        assertThat(run(Map.of("BURSAR_HOME", home), "restore", file, "--yes")).isEqualTo(3);
        assertThat(told).contains("Another Bursar is running on " + home);

        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear Bursar");
        Map<String, String> target = Map.of("DATABASE_URL", Floors.emptyDatabaseUrl());
        assertThat(run(target, "restore", letter.toString(), "--yes")).isEqualTo(1);
        assertThat(told).contains("Nothing was restored: It is no backup of Bursar");
        assertThat(run(target, "restore", file("nothing.zip"), "--yes")).isEqualTo(2);
        assertThat(told).contains("There is no file ");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private int run(Map<String, String> environment, String... arguments) {
        StringWriter output = new StringWriter();
        CommandLine command = Main.commandLine(environment, InputStream.nullInputStream(), _ -> typed);
        command.setOut(new PrintWriter(output));
        command.setErr(new PrintWriter(output));
        int code = command.execute(arguments);
        told = output.toString();
        return code;
    }
}
