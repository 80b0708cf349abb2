package io.bursar.ledger.archive;

import io.bursar.ledger.BookId;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;

/** Writes a book that was found sound. */
final class ArchiveWriter {
    private final ArchiveStore store;
    private final Connection connection;
    private final OutputStream out;
    private final MessageDigest digest = ArchiveLines.sha256();

    ArchiveWriter(ArchiveStore store, Connection connection, OutputStream out) {
        this.store = store;
        this.connection = connection;
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    ExportOutcome write(BookId book) throws SQLException, IOException {
        if (!store.hasBook(book)) {
            return new ExportOutcome.UnknownBook(book);
        }
        return switch (Verifier.verifyWithin(connection, book, null)) {
            case Verification.Broken broken -> new ExportOutcome.Unsound(broken);
            case Verification.Sound sound -> new ExportOutcome.Exported(sound, write(sound));
        };
    }

    private String write(Verification.Sound book) throws SQLException, IOException {
        line(ArchiveReader.TITLE);
        for (Section section : Section.values()) {
            write(section, ArchiveReader.rows(section, book), book.book());
        }
        line(ArchiveReader.HEADS + '\t' + book.headsRoot());
        String sha256 = HexFormat.of().formatHex(digest.digest());
        line(ArchiveReader.SHA256 + '\t' + sha256);
        out.flush();
        return sha256;
    }

    private void write(Section section, long rows, BookId book) throws SQLException, IOException {
        line(section.header(rows));
        long[] written = {0};
        store.read(section, book, row -> {
            write(row);
            written[0]++;
        });
        if (written[0] != rows) {
            throw new IllegalStateException(
                    "%s: %d rows (expected: the %d that were verified)".formatted(section.table, written[0], rows));
        }
    }

    private void line(String text) throws IOException {
        write((text + '\n').getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] line) {
        if (line.length > ArchiveLines.LINE_BYTES_MAX) {
            throw new IllegalStateException(
                    "a row of %d bytes (expected: <= %d)".formatted(line.length, ArchiveLines.LINE_BYTES_MAX));
        }
        digest.update(line);
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("the archive could not be written: " + e.getMessage(), e);
        }
    }
}
