package io.bursar.upkeep;

import io.bursar.platform.BareDatabase;
import io.bursar.platform.Epochs;
import io.bursar.platform.Settings;
import io.bursar.platform.WorldFailedException;
import io.bursar.upkeep.BackupManifest.TableCopy;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * All rows of all modules in one file, as of one moment, while Bursar serves. It is a ZIP: the rows of each table as
 * the server's own COPY text, then a manifest with the digest of each, whose own digest is the archive's comment.
 * Rate counters and sessions are left out; secrets are in it as they are in the database, sealed.
 */
public final class Backup {
    private final BareDatabase database;
    private final Clock clock;

    public Backup(BareDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes a backup and reads it again from its first byte to its last.
     *
     * @throws WorldFailedException {@code database_unavailable}
     */
    public BackupOutcome write(Path file) throws IOException {
        BackupManifest manifest;
        try (Connection connection = database.connect()) {
            CatalogStore catalog = new CatalogStore(connection);
            List<TableShape> tables = catalog.tables();
            if (tables.isEmpty()) {
                return new BackupOutcome.NothingThere();
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                manifest = write(connection, catalog, tables, out);
            }
        } catch (SQLException away) {
            throw new WorldFailedException("database_unavailable", true, "The database could not be read", away);
        }
        return switch (BackupFile.open(file)) {
            case BackupFile.Opening.Unusable(String sentence) -> new BackupOutcome.NotReadable(sentence);
            case BackupFile.Opening.Opened(BackupFile backup) -> {
                try (backup) {
                    yield manifest.rows() == 0 || !backup.manifest().equals(manifest)
                            ? new BackupOutcome.NotReadable("It does not hold what was written.")
                            : new BackupOutcome.Written(backup.summary());
                }
            }
        };
    }

    private BackupManifest write(Connection connection, CatalogStore catalog, List<TableShape> tables, OutputStream out)
            throws SQLException, IOException {
        CopyStore rows = new CopyStore(connection);
        rows.beginReading(tables);
        Instant madeAt = clock.instant();
        if (!catalog.tables().equals(tables)) {
            throw new WorldFailedException("database_unavailable", true, "It is being migrated: try again", null);
        }
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            List<TableCopy> copies = new ArrayList<>();
            for (TableShape table : tables) {
                copies.add(copy(rows, table, zip));
            }
            BackupManifest manifest = new BackupManifest(
                    BackupManifest.FORMAT,
                    madeAt.toString(),
                    Epochs.current(connection).number(),
                    catalog.serverVersion(),
                    catalog.scripts(),
                    copies,
                    catalog.sequences()); // after the snapshot: never behind what it holds
            connection.rollback();
            byte[] json = JsonMapper.shared().writeValueAsBytes(manifest);
            zip.putNextEntry(new ZipEntry(BackupFile.MANIFEST));
            zip.write(json);
            zip.closeEntry();
            zip.setComment(BackupFile.comment(json));
            return manifest;
        }
    }

    private static TableCopy copy(CopyStore rows, TableShape table, ZipOutputStream zip)
            throws SQLException, IOException {
        MessageDigest sha = BackupFile.sha256();
        zip.putNextEntry(new ZipEntry(table.entry()));
        long count;
        try (DigestOutputStream out = new DigestOutputStream(new LeftOpen(zip), sha)) {
            count = rows.read(table, out);
        }
        zip.closeEntry();
        return new TableCopy(table, count, HexFormat.of().formatHex(sha.digest()));
    }

    private static final class LeftOpen extends FilterOutputStream {
        LeftOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** Where backups go when nobody names another folder. */
    public static Path folder(Settings settings) throws IOException {
        return Files.createDirectories(UpkeepSettings.backups(settings));
    }

    /** {@code bursar-20261121-225156.zip}: names sort by time. */
    public static String fileName(Clock clock) {
        String stamp = clock.instant().toString().substring(0, "2026-11-21T22:51:56".length());
        return "bursar-" + stamp.replaceAll("[-:]", "").replace('T', '-') + ".zip";
    }
}
