package io.bursar.ledger.archive;

import io.bursar.ledger.BookId;
import io.bursar.ledger.archive.ImportOutcome.BookExists;
import io.bursar.ledger.archive.ImportOutcome.Imported;
import io.bursar.ledger.archive.ImportOutcome.Unsound;
import io.bursar.ledger.proof.Seal;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Reads an archive into the transaction that is open, and verifies what is there then. The form of the lines is
 * checked here, values and keys by the database, and whether it all fits together by {@link Verifier}.
 */
final class ArchiveReader {
    static final String TITLE = "bursar archive 1";
    static final String HEADS = "heads";
    static final String SHA256 = "sha256";

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
    private static final Pattern COPIED_LINE = Pattern.compile("line ([0-9]+)");
    private static final int QUOTED_CHARACTERS_MAX = 100;

    private final ArchiveStore store;
    private final Connection connection;
    private final ArchiveLines lines;
    private final @Nullable Seal seal;
    private final Map<Section, Long> rows = new EnumMap<>(Section.class);
    private @Nullable BookId book;

    ArchiveReader(ArchiveStore store, Connection connection, InputStream in, @Nullable Seal seal) {
        this.store = store;
        this.connection = connection;
        this.lines = new ArchiveLines(in);
        this.seal = seal;
    }

    /** How many rows of a section a book has that was verified. */
    static long rows(Section section, Verification.Sound book) {
        return switch (section) {
            case BOOK, PERIOD -> 1;
            case PERIOD_CLOSE -> book.periods();
            case ACCOUNT -> book.accounts();
            case ACCOUNT_EVENT -> book.events();
            case TRANSFER -> book.transfers();
        };
    }

    ImportOutcome read() throws SQLException, IOException {
        try {
            nextLine(TITLE);
            expect(TITLE);
            for (Section section : Section.values()) {
                BookExists exists = section(section);
                if (exists != null) {
                    return exists;
                }
            }
            nextLine(HEADS);
            String heads = lines.text();
            long headsLine = lines.number();
            nextLine(SHA256);
            expect(SHA256 + '\t' + lines.hashBefore());
            if (lines.next()) {
                throw lines.unreadable("is one too many (expected: nothing after " + SHA256 + ")");
            }
            return verified(heads, headsLine);
        } catch (UnreadableException unreadable) {
            return unreadable.outcome();
        }
    }

    private void nextLine(String expected) throws IOException, UnreadableException {
        if (!lines.next()) {
            throw new UnreadableException(lines.number() + 1, "is missing (expected: " + expected + ")");
        }
    }

    private void expect(String text) throws UnreadableException {
        if (!lines.text().equals(text)) {
            throw lines.unreadable("%s (expected: %s)".formatted(quoted(lines.text()), text));
        }
    }

    private @Nullable BookExists section(Section section) throws SQLException, IOException, UnreadableException {
        nextLine("the rows of " + section.table);
        long count = count(section);
        long header = lines.number();
        try (ArchiveStore.Rows copied = store.write(section)) {
            for (long row = 1; row <= count; row++) {
                nextLine("row %d of %d of %s".formatted(row, count, section.table));
                check(section);
                copied.add(lines.bytes(), lines.length());
            }
            copied.end();
        } catch (PSQLException refused) {
            if (section == Section.BOOK && UNIQUE_VIOLATION.equals(refused.getSQLState())) {
                return new BookExists(book(), sentence(refused));
            }
            throw asUnreadable(refused, header);
        }
        rows.put(section, count);
        return null;
    }

    private long count(Section section) throws UnreadableException {
        String[] parts = lines.text().split("\t", 3);
        boolean counts = parts.length == 3 && COUNT.matcher(parts[1]).matches();
        long count = counts ? Long.parseLong(parts[1]) : 0;
        boolean single = section == Section.BOOK || section == Section.PERIOD;
        expect(section.header(single ? 1 : count));
        return count;
    }

    /** The form of a row, and that it is of the book. */
    private void check(Section section) throws UnreadableException {
        byte[] line = lines.bytes();
        int end = lines.length() - 1;
        int fields = 1;
        int firstEnd = end;
        for (int place = 0; place < end; place++) {
            if (line[place] == '\t') {
                firstEnd = Math.min(firstEnd, place);
                fields++;
            } else if (line[place] == '\r' || line[place] == 0) {
                throw lines.unreadable("has byte %d (expected: written as an escape)".formatted(line[place]));
            }
        }
        if (fields != section.width) {
            throw lines.unreadable(
                    "%d fields (expected: the %d of %s)".formatted(fields, section.width, section.table));
        }
        String id = new String(line, 0, Math.min(firstEnd, QUOTED_CHARACTERS_MAX), StandardCharsets.UTF_8);
        if (section == Section.BOOK) {
            book = bookOf(id);
        } else if (!id.equals(book().toString())) {
            throw lines.unreadable("is of book %s (expected: %s)".formatted(quoted(id), book()));
        }
    }

    private BookId bookOf(String text) throws UnreadableException {
        BookId found;
        try {
            found = new BookId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw lines.unreadable("is of book %s (expected: a UUID)".formatted(quoted(text)));
        }
        if (!found.toString().equals(text)) {
            throw lines.unreadable("is of book %s (expected: written as %s)".formatted(quoted(text), found));
        }
        if (seal != null && !seal.manifest().book().equals(found)) {
            throw lines.unreadable("is book %s (expected: the sealed book %s)"
                    .formatted(found, seal.manifest().book()));
        }
        return found;
    }

    private BookId book() {
        return Objects.requireNonNull(book, "the book comes first");
    }

    private ImportOutcome verified(String heads, long headsLine) throws SQLException, UnreadableException {
        return switch (Verifier.verifyWithin(connection, book(), seal)) {
            case Verification.Broken broken -> new Unsound(broken);
            case Verification.Sound sound -> {
                String expected = HEADS + '\t' + sound.headsRoot();
                if (!heads.equals(expected)) {
                    String message = "%s (expected, by the rows: %s)".formatted(quoted(heads), expected);
                    throw new UnreadableException(headsLine, message);
                }
                rows.forEach((section, count) -> {
                    if (count != rows(section, sound)) {
                        throw new IllegalStateException(section + ": other rows than were read (expected: the same)");
                    }
                });
                yield new Imported(sound);
            }
        };
    }

    /** What the database has against a row is the archive's fault; anything else is not. */
    private static UnreadableException asUnreadable(PSQLException refused, long header) throws PSQLException {
        String state = refused.getSQLState() == null ? "" : refused.getSQLState();
        boolean ofRow = state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
        ServerErrorMessage server = refused.getServerErrorMessage();
        if (!ofRow || server == null) {
            throw refused;
        }
        Matcher row = COPIED_LINE.matcher(server.getWhere() == null ? "" : server.getWhere());
        return row.find()
                ? new UnreadableException(header + Long.parseLong(row.group(1)), sentence(refused))
                : new UnreadableException(header, "some row of these: " + sentence(refused));
    }

    private static String sentence(PSQLException refused) {
        ServerErrorMessage server = refused.getServerErrorMessage();
        if (server == null) {
            return String.valueOf(refused.getMessage());
        }
        return server.getDetail() == null
                ? String.valueOf(server.getMessage())
                : "%s (%s)".formatted(server.getMessage(), quoted(server.getDetail()));
    }

    private static String quoted(String text) {
        return text.length() <= QUOTED_CHARACTERS_MAX ? text : text.substring(0, QUOTED_CHARACTERS_MAX) + "…";
    }
}
