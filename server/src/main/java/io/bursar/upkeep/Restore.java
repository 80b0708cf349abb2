package io.bursar.upkeep;

import io.bursar.platform.BareDatabase;
import io.bursar.platform.Epoch;
import io.bursar.platform.Epochs;
import io.bursar.platform.Migrator;
import io.bursar.platform.Migrator.Script;
import io.bursar.platform.WorldFailedException;
import io.bursar.shared.Check;
import io.bursar.upkeep.BackupManifest.SequencePosition;
import io.bursar.upkeep.BackupManifest.TableCopy;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fills an empty database from a backup. The migrations of this build are run as far as those of the backup had been,
 * the rows put in, then the remaining ones run on them. Until all is done, and the next epoch has begun, a mark stands
 * in the database on which nothing starts; so nothing ever serves half of a backup, or serves one with open gates.
 */
public final class Restore {
    /**
     * Numbers that were given to the outside since the backup was made, such as those of deposit addresses, must not be
     * given again; what sequences had reached by then nobody knows.
     */
    static final long NUMBERS_LEFT_OUT = 1_000_000;

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final BareDatabase database;
    private final Migrator migrator;
    private final Clock clock;

    public Restore(BareDatabase database, Clock clock) {
        this.database = database;
        this.migrator = new Migrator(database.logins());
        this.clock = clock;
    }

    /** Why it would be refused, found without changing anything. */
    public Optional<RestoreOutcome> obstacle(BackupFile backup) {
        try (Connection connection = database.connect()) {
            List<String> there = new CatalogStore(connection).anything();
            if (!there.isEmpty()) {
                return Optional.of(new RestoreOutcome.NotEmpty(there.getFirst()));
            }
            return difference(backup.manifest().scripts(), migrator.known()).map(RestoreOutcome.OtherBuild::new);
        } catch (SQLException away) {
            throw failed(away);
        }
    }

    /**
     * @throws WorldFailedException {@code database_unavailable}; then what was there by then has been removed again, or
     *     the database says at every start that it holds only a part
     */
    public RestoreOutcome from(BackupFile backup) throws IOException {
        Optional<RestoreOutcome> obstacle = obstacle(backup);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        try (Connection connection = database.connect()) {
            CopyStore store = new CopyStore(connection);
            store.markUnfinished();
            Epoch epoch;
            try {
                epoch = fill(backup, connection, store);
            } catch (SQLException | IOException | RuntimeException failed) {
                empty(connection, store, failed);
                throw failed;
            }
            migrator.migrate();
            return new RestoreOutcome.Restored(epoch, backup.summary());
        } catch (SQLException away) {
            throw failed(away);
        }
    }

    private Epoch fill(BackupFile backup, Connection connection, CopyStore store) throws SQLException, IOException {
        BackupManifest manifest = backup.manifest();
        Map<String, String> then = new TreeMap<>();
        manifest.scripts()
                .forEach((module, scripts) -> then.put(module, scripts.getLast().version()));
        migrator.migrateTo(then);
        store.beginWriting();
        CatalogStore catalog = new CatalogStore(connection);
        for (TableCopy table : LoadOrder.of(manifest.tables(), catalog)) {
            try (InputStream rows = backup.rows(table.shape())) {
                long written = store.write(table.shape(), rows);
                Check.that(written == table.rows(), "%s: %s rows (expected: %s)", table.shape(), written, table.rows());
            }
        }
        for (SequencePosition sequence : manifest.sequences()) {
            store.advance(sequence, sequence.ofColumn() ? 0 : NUMBERS_LEFT_OUT);
        }
        connection.commit();
        Map<String, String> now = new TreeMap<>();
        migrator.known()
                .forEach((module, scripts) -> now.put(module, scripts.getLast().version()));
        migrator.migrateTo(now);
        String origin = "backup of " + MOMENT.format(backup.summary().madeAt());
        Epoch epoch = Epochs.raise(connection, origin, clock.instant());
        store.analyze();
        store.markFinished();
        connection.commit();
        connection.setAutoCommit(true);
        return epoch;
    }

    /** The mark goes last. */
    private void empty(Connection connection, CopyStore store, Exception failed) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            store.drop(migrator.known().keySet());
            store.markFinished();
        } catch (SQLException | RuntimeException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    /** Each schema of the backup has to be an earlier state of this build's, or the same. */
    static Optional<String> difference(Map<String, List<Script>> backup, Map<String, List<Script>> build) {
        for (Map.Entry<String, List<Script>> module : backup.entrySet()) {
            List<Script> ours = build.getOrDefault(module.getKey(), List.of());
            List<Script> theirs = module.getValue();
            if (ours.size() < theirs.size() || !ours.subList(0, theirs.size()).equals(theirs)) {
                return Optional.of("The schema '%s' of the backup is not an earlier state of this build's."
                        .formatted(module.getKey()));
            }
        }
        return Optional.empty();
    }

    private static WorldFailedException failed(SQLException away) {
        return new WorldFailedException(
                "database_unavailable", true, "The database could not be filled: " + away.getMessage(), away);
    }
}
