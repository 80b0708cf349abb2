package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.archive.BookArchive;
import io.bursar.ledger.archive.ExportOutcome;
import io.bursar.ledger.archive.ImportOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/** An archive as its lines, which can be changed and hashed anew by whoever knows how it is written. */
final class ArchiveText {
    final List<String> lines;

    private ArchiveText(List<String> lines) {
        this.lines = new ArrayList<>(lines);
    }

    static byte[] bytes(DataSource dataSource, BookId book) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(new BookArchive(dataSource).exportBook(book, out)).isInstanceOf(ExportOutcome.Exported.class);
        return out.toByteArray();
    }

    static ArchiveText of(DataSource dataSource, BookId book) {
        return of(bytes(dataSource, book));
    }

    static ArchiveText of(byte[] archive) {
        return new ArchiveText(
                new String(archive, StandardCharsets.UTF_8).lines().toList());
    }

    static ImportOutcome read(DataSource dataSource, byte[] archive) {
        return new BookArchive(dataSource).importBook(new ByteArrayInputStream(archive));
    }

    ArchiveText copy() {
        return new ArchiveText(lines);
    }

    /** Where the line is that is in front of a section's rows. */
    int header(String table) {
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).matches(table + "\t\\d+\tbook\t.*|" + table + "\t1\tid\t.*")) {
                return line;
            }
        }
        throw new IllegalArgumentException("no section " + table);
    }

    List<String> columns(String table) {
        List<String> fields = List.of(fields(header(table)));
        return fields.subList(2, fields.size());
    }

    /** The number of the only row in which a column reads like this, counted from 0 among all lines. */
    int row(String table, String column, String value) {
        int place = columns(table).indexOf(column);
        int header = header(table);
        for (int line = header + 1; line <= header + count(table); line++) {
            if (fields(line)[place].equals(value)) {
                return line;
            }
        }
        throw new IllegalArgumentException("no " + table + " with " + column + " " + value);
    }

    int count(String table) {
        return Integer.parseInt(fields(header(table))[1]);
    }

    String[] fields(int line) {
        return lines.get(line).split("\t", -1);
    }

    void set(int line, int field, String value) {
        String[] fields = fields(line);
        fields[field] = value;
        lines.set(line, String.join("\t", fields));
    }

    void count(String table, int rows) {
        set(header(table), 1, String.valueOf(rows));
    }

    /** With a last line that fits. */
    byte[] signed() {
        String before = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
        return (before + "sha256\t" + sha256(before) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
