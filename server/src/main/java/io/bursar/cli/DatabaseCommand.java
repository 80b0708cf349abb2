package io.bursar.cli;

import io.bursar.platform.BareDatabase;
import io.bursar.platform.Database;
import io.bursar.platform.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands over a database share: finding it, opening it and saying what came of it. */
abstract class DatabaseCommand {
    static final int DONE = Answer.DONE;
    static final int REFUSED = Answer.REFUSED;
    static final int ASKED_WRONGLY = Answer.ASKED_WRONGLY;

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
        return new Answer(spec).of(() -> {
            Settings settings = settings(environment, home);
            if (opening != Opening.NEW_TOO && !BareDatabase.exists(settings)) {
                return failed(ASKED_WRONGLY, noDatabase(settings));
            }
            try (Database database =
                    opening == Opening.RUNNING_TOO ? Database.openBeside(settings) : Database.open(settings)) {
                return work.on(database, settings);
            }
        });
    }

    static Settings settings(Map<String, String> environment, @Nullable Path home) {
        Map<String, String> given = new HashMap<>(environment);
        if (home != null) {
            given.put("BURSAR_HOME", home.toString());
        }
        return new Settings(given);
    }

    static String noDatabase(Settings settings) {
        return "There is no database in %s (see --home).".formatted(settings.text("BURSAR_HOME", "data"));
    }

    final int told(String sentence) {
        return new Answer(spec).told(sentence);
    }

    final int refused(String sentence) {
        return failed(REFUSED, sentence);
    }

    final int failed(int code, String sentence) {
        return new Answer(spec).failed(code, sentence);
    }
}
