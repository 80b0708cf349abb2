package io.bursar.cli;

import io.bursar.platform.Database;
import io.bursar.platform.InvalidSettingsException;
import io.bursar.platform.Settings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands over a database share: opening it, saying what came of it, and the codes they end with. */
abstract class DatabaseCommand {
    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int ASKED_WRONGLY = 2;
    static final int NOT_DONE = 3;

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    DatabaseCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What must be there, and whether another Bursar may be running on it. */
    enum Opening {
        NEW_TOO,
        EXISTING,
        RUNNING_TOO
    }

    interface Work {
        int on(Database database, Settings settings) throws IOException;
    }

    final int on(@Nullable Path home, Opening opening, Work work) {
        Map<String, String> given = new HashMap<>(environment);
        if (home != null) {
            given.put("BURSAR_HOME", home.toString());
        }
        Path folder = Path.of(given.getOrDefault("BURSAR_HOME", "data"));
        boolean embedded = given.getOrDefault("DATABASE_URL", "").isBlank();
        if (opening != Opening.NEW_TOO && embedded && !Files.exists(folder.resolve("postgres"))) {
            return failed(ASKED_WRONGLY, "There is no database in %s (see --home).".formatted(folder));
        }
        Settings settings = new Settings(given);
        try (Database database =
                opening == Opening.RUNNING_TOO ? Database.openBeside(settings) : Database.open(settings)) {
            return work.on(database, settings);
        } catch (FileAlreadyExistsException exists) {
            return failed(ASKED_WRONGLY, "There is a file " + exists.getMessage() + " already.");
        } catch (InvalidSettingsException wrong) {
            return failed(ASKED_WRONGLY, String.valueOf(wrong.getMessage()));
        } catch (IOException failed) {
            return failed(NOT_DONE, "It could not be done: " + failed);
        } catch (RuntimeException failed) {
            String why = String.valueOf(failed.getMessage());
            String root = String.valueOf(
                    NestedExceptionUtils.getMostSpecificCause(failed).getMessage());
            return failed(NOT_DONE, "It could not be done: " + (why.contains(root) ? why : why + ": " + root));
        }
    }

    final int told(String sentence) {
        spec.commandLine().getOut().println(sentence);
        spec.commandLine().getOut().flush();
        return DONE;
    }

    final int refused(String sentence) {
        return failed(REFUSED, sentence);
    }

    final int failed(int code, String sentence) {
        spec.commandLine().getErr().println(sentence);
        spec.commandLine().getErr().flush();
        return code;
    }
}
