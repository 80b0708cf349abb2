package io.bursar.cli;

import io.bursar.ledger.Book;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import io.bursar.platform.BareDatabase;
import io.bursar.platform.DatabaseLogin;
import io.bursar.platform.Epoch;
import io.bursar.upkeep.BackupFile;
import io.bursar.upkeep.BackupSummary;
import io.bursar.upkeep.Restore;
import io.bursar.upkeep.RestoreOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        description = {
            "Brings a backup back, into a database that is empty: DATABASE_URL, or the one in BURSAR_HOME.",
            "Nothing leaves Bursar afterwards before an operator opens its gates: what left since the backup was made"
                    + " must not leave twice.",
            "Exit codes: 0 done, 1 refused, 2 asked wrongly, 3 could not be done."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Function<String, Optional<String>> terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "a file that bursar backup made")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--home", paramLabel = "DIR", description = "instead of BURSAR_HOME")
    private @Nullable Path home;

    RestoreCommand(Map<String, String> environment, Function<String, Optional<String>> terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Answer answer = new Answer(spec);
        return answer.of(() -> switch (BackupFile.open(file)) {
            case BackupFile.Opening.Unusable(String sentence) -> refused(answer, sentence);
            case BackupFile.Opening.Opened(BackupFile backup) -> {
                try (backup;
                        BareDatabase database = BareDatabase.alone(DatabaseCommand.settings(environment, home))) {
                    yield restore(backup, database, answer);
                }
            }
        });
    }

    private int restore(BackupFile backup, BareDatabase database, Answer answer) throws IOException {
        Restore restore = new Restore(database, Clock.systemUTC());
        Optional<RestoreOutcome> obstacle = restore.obstacle(backup);
        if (obstacle.isPresent()) {
            return told(obstacle.get(), database, answer);
        }
        BackupSummary summary = backup.summary();
        answer.told("Backup of %s, epoch %d: %d rows of %d tables."
                .formatted(summary.madeAt(), summary.epoch(), summary.rows(), summary.tables()));
        Optional<String> agreed = yes ? Optional.of("yes") : terminal.apply("Restore it? Type yes:");
        if (agreed.isEmpty()) {
            return refused(answer, "Nobody is there to be asked: say --yes.");
        }
        return agreed.get().strip().equalsIgnoreCase("yes")
                ? told(restore.from(backup), database, answer)
                : refused(answer, "It was not agreed to.");
    }

    private int told(RestoreOutcome outcome, BareDatabase database, Answer answer) {
        return switch (outcome) {
            case RestoreOutcome.NotEmpty(String found) ->
                refused(answer, "The database is not empty: %s is there. Restore into an empty one.".formatted(found));
            case RestoreOutcome.OtherBuild(String sentence) ->
                refused(answer, sentence + " Restore it with the build that made it, or a newer one.");
            case RestoreOutcome.Restored(Epoch epoch, BackupSummary summary) -> {
                answer.told("Restored %d rows of %d tables; this is epoch %d."
                        .formatted(summary.rows(), summary.tables(), epoch.number()));
                yield proven(database, answer);
            }
        };
    }

    /** Verifies every book; one that is not sound was not when the backup was made. */
    private static int proven(BareDatabase database, Answer answer) {
        DatabaseLogin app = database.logins().app();
        DataSource dataSource = new DriverManagerDataSource(app.jdbcUrl(), app.user(), app.password());
        List<String> broken = new ArrayList<>();
        List<Book> books;
        try (Ledger ledger = Ledger.open(dataSource, Clock.systemUTC())) {
            books = ledger.books();
        }
        for (Book book : books) {
            if (new Verifier(dataSource).verify(book.id(), null) instanceof Verification.Broken found) {
                broken.add("Book %s is not sound: %s".formatted(book.name(), found.first()));
            }
        }
        if (!broken.isEmpty()) {
            return answer.failed(Answer.REFUSED, String.join(System.lineSeparator(), broken));
        }
        return answer.told(
                ("All %d books are sound. Every gate that leads outward is closed at the next start: open them on the"
                                + " page Gates once you know what has left since the backup.")
                        .formatted(books.size()));
    }

    private static int refused(Answer answer, String sentence) {
        return answer.failed(Answer.REFUSED, "Nothing was restored: " + sentence);
    }
}
