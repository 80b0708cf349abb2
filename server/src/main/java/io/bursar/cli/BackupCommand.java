package io.bursar.cli;

import io.bursar.platform.BareDatabase;
import io.bursar.platform.Settings;
import io.bursar.upkeep.Backup;
import io.bursar.upkeep.BackupOutcome;
import io.bursar.upkeep.BackupSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = {
            "Writes all data of DATABASE_URL, or of the one in BURSAR_HOME, to one file, also while Bursar serves.",
            "The file is read again before it is kept. It needs the same ENCRYPTION_KEY: keep both apart.",
            "Exit codes: 0 done, 1 nothing to keep, 2 asked wrongly, 3 could not be done."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "must not be there yet; without it one named by the time, in BACKUP_DIR")
    private @Nullable Path file;

    @Option(names = "--home", paramLabel = "DIR", description = "instead of BURSAR_HOME")
    private @Nullable Path home;

    BackupCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Answer answer = new Answer(spec);
        return answer.of(() -> {
            Settings settings = DatabaseCommand.settings(environment, home);
            if (!BareDatabase.exists(settings)) {
                return answer.failed(Answer.ASKED_WRONGLY, DatabaseCommand.noDatabase(settings));
            }
            Clock clock = Clock.systemUTC();
            Path target = file != null ? file : Backup.folder(settings).resolve(Backup.fileName(clock));
            try (BareDatabase database = BareDatabase.beside(settings);
                    NewFile backup = NewFile.at(target)) {
                return switch (new Backup(database, clock).write(backup.part())) {
                    case BackupOutcome.NothingThere _ ->
                        answer.failed(Answer.REFUSED, "There is nothing of Bursar in this database: nothing was kept.");
                    case BackupOutcome.NotReadable(String sentence) ->
                        answer.failed(Answer.NOT_DONE, "What was written cannot be read again. " + sentence);
                    case BackupOutcome.Written(BackupSummary summary) -> {
                        backup.keep();
                        yield answer.told("Kept %d rows of %d tables in %s, %d bytes."
                                .formatted(summary.rows(), summary.tables(), target, Files.size(target)));
                    }
                };
            }
        });
    }
}
