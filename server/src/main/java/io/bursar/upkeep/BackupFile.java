package io.bursar.upkeep;

import io.bursar.upkeep.BackupManifest.TableCopy;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A backup that was read from its first byte to its last and is what was written. */
public final class BackupFile implements AutoCloseable {
    static final String MANIFEST = "manifest.json";
    private static final String COMMENT = "Bursar backup, manifest sha256 ";
    private static final int MANIFEST_BYTES_MAX = 16 * 1024 * 1024;

    private final ZipFile zip;
    private final BackupManifest manifest;

    private BackupFile(ZipFile zip, BackupManifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    public sealed interface Opening {
        /** To be closed by the caller. */
        record Opened(BackupFile backup) implements Opening {}

        /** Damaged, cut off, or no backup of Bursar at all. */
        record Unusable(String sentence) implements Opening {}
    }

    /** @throws FileNotFoundException when there is no such file */
    public static Opening open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FileNotFoundException(file.toString());
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | EOFException foreign) {
            return new Opening.Unusable("It is no backup of Bursar, or it is cut off.");
        }
        Opening opening = new Opening.Unusable("It cannot be read.");
        try {
            opening = read(zip);
            return opening;
        } catch (IOException damaged) {
            return new Opening.Unusable("It is damaged: " + damaged.getMessage() + ".");
        } finally {
            if (opening instanceof Opening.Unusable) {
                zip.close();
            }
        }
    }

    public BackupSummary summary() {
        return BackupSummary.of(manifest);
    }

    BackupManifest manifest() {
        return manifest;
    }

    InputStream rows(TableShape table) throws IOException {
        return entry(zip, table.entry()).orElseThrow(() -> new FileNotFoundException(table.entry()));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    static String comment(byte[] manifest) {
        return COMMENT + HexFormat.of().formatHex(sha256().digest(manifest));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Opening read(ZipFile zip) throws IOException {
        Optional<InputStream> found = entry(zip, MANIFEST);
        String comment = zip.getComment();
        if (found.isEmpty() || comment == null || !comment.startsWith(COMMENT)) {
            return new Opening.Unusable("It is no backup of Bursar.");
        }
        byte[] json;
        try (InputStream in = found.get()) {
            json = in.readNBytes(MANIFEST_BYTES_MAX);
        }
        if (!comment(json).equals(comment)) {
            return new Opening.Unusable("It is damaged: its manifest was changed.");
        }
        try {
            JsonNode tree = JsonMapper.shared().readTree(json);
            int format = tree.path("format").asInt();
            if (format != BackupManifest.FORMAT) {
                return new Opening.Unusable("It was made by a newer Bursar: format %d (expected: %d)."
                        .formatted(format, BackupManifest.FORMAT));
            }
            BackupManifest manifest = JsonMapper.shared().treeToValue(tree, BackupManifest.class);
            return flaw(zip, manifest.tables())
                    .<Opening>map(Opening.Unusable::new)
                    .orElseGet(() -> new Opening.Opened(new BackupFile(zip, manifest)));
        } catch (JacksonException unreadable) {
            return new Opening.Unusable("It is damaged: its manifest cannot be read.");
        }
    }

    private static Optional<String> flaw(ZipFile zip, List<TableCopy> tables) throws IOException {
        for (TableCopy table : tables) {
            Optional<InputStream> rows = entry(zip, table.shape().entry());
            if (rows.isEmpty()) {
                return Optional.of("It is damaged: the table " + table.shape() + " is missing.");
            }
            MessageDigest sha = sha256();
            try (InputStream in = new DigestInputStream(rows.get(), sha)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            if (!HexFormat.of().formatHex(sha.digest()).equals(table.sha256())) {
                return Optional.of("It is damaged: the table " + table.shape() + " is not what was written.");
            }
        }
        return Optional.empty();
    }

    private static Optional<InputStream> entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        return entry == null ? Optional.empty() : Optional.of(zip.getInputStream(entry));
    }
}
