package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.archive.ImportOutcome;
import io.bursar.ledger.archive.ImportOutcome.BookExists;
import io.bursar.ledger.archive.ImportOutcome.Imported;
import io.bursar.ledger.archive.ImportOutcome.Unreadable;
import io.bursar.ledger.archive.ImportOutcome.Unsound;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever is wrong with an archive, it is refused with a sentence, and nothing of it stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArchiveDamageTest {
    private static final List<String> TABLES =
            List.of("book", "period", "period_close", "account", "account_event", "transfer");

    private BookId book;
    private byte[] archive;
    private ArchiveText text;
    private Scratch elsewhere;

    @BeforeAll
    void make() throws SQLException {
        LedgerFixture books = new LedgerFixture();
        EveryKindOfRow.in(books);
        book = books.book;
        archive = ArchiveText.bytes(books.dataSource, book);
        text = ArchiveText.of(archive);
        elsewhere = Scratch.create();
    }

    /** Each test also shows that what it tried left nothing behind. */
    @AfterEach
    void nothingIsLeft() throws SQLException {
        for (String table : TABLES) {
            assertThat(elsewhere.query("SELECT count(*) FROM ledger." + table)).containsExactly("0");
        }
    }

    @Test
    void an_archive_that_was_cut_off_is_refused_wherever_that_was() {
        int line = 0;
        for (int end = 0; end < archive.length; end++) {
            boolean afterLine = end > 0 && archive[end - 1] == '\n';
            line += afterLine ? 1 : 0;
            if (afterLine) {
                assertThat(read(Arrays.copyOf(archive, end)))
                        .asString()
                        .startsWith("line " + (line + 1) + ": is missing");
            } else if (end % 97 == 0 && end > 0) {
                assertThat(read(Arrays.copyOf(archive, end)))
                        .asString()
                        .startsWith("line " + (line + 1) + ": is cut off");
            }
        }
        assertThat(read(new byte[0])).hasToString("line 1: is missing (expected: bursar archive 1)");
    }

    @Test
    void a_changed_byte_is_refused_wherever_it_is() {
        List<Integer> missed = new ArrayList<>();
        for (int place = 0; place < archive.length; place += 41) {
            byte[] damaged = archive.clone();
            damaged[place] ^= 1;
            ImportOutcome outcome = read(damaged);
            if (!(outcome instanceof Unreadable unreadable)
                    || unreadable.message().isBlank()) {
                missed.add(place);
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void what_follows_the_end_is_refused() {
        byte[] longer = Arrays.copyOf(archive, archive.length + 2);
        longer[archive.length] = '#';
        longer[archive.length + 1] = '\n';
        assertThat(read(longer))
                .hasToString(
                        "line %d: is one too many (expected: nothing after sha256)".formatted(text.lines.size() + 1));
        assertThat(read(Arrays.copyOf(archive, archive.length + 1))).asString().contains("is cut off");
    }

    @Test
    void another_format_is_refused_by_its_first_line() {
        assertThat(changed(0, "bursar archive 2")).hasToString("line 1: bursar archive 2 (expected: bursar archive 1)");
        assertThat(read("PK\u0003\u0004, a zip".getBytes(StandardCharsets.UTF_8)))
                .hasToString("line 1: is cut off (expected: an end of line)");
        String windows = new String(archive, StandardCharsets.UTF_8).replace("\n", "\r\n");
        assertThat(read(windows.getBytes(StandardCharsets.UTF_8))).asString().startsWith("line 1: bursar archive 1\r");
    }

    @Test
    void sections_that_are_not_those_of_this_version_are_refused() {
        int header = text.header("account");
        assertThat(changed(header, text.lines.get(header) + "\tcolour"))
                .asString()
                .startsWith(line(header));
        assertThat(changed(header, text.lines.get(header).replace("\tpath", "\tname")))
                .asString()
                .startsWith(line(header));
        assertThat(changed(header, text.lines.get(header).replaceFirst("\t[0-9]+", "\t-1")))
                .asString()
                .startsWith(line(header));
        assertThat(changed(header, text.lines.get(header).replaceFirst("\t[0-9]+", "\t999999999999999999")))
                .asString()
                .startsWith(line(header + text.count("account") + 1));
        ArchiveText fewer = text.copy();
        fewer.count("account", 0);
        assertThat(read(fewer.signed())).asString().startsWith(line(header + 1));
        ArchiveText twoBooks = text.copy();
        twoBooks.lines.add(2, text.lines.get(2));
        twoBooks.count("book", 2);
        assertThat(read(twoBooks.signed())).asString().startsWith("line 2: ");
    }

    @Test
    void rows_that_are_no_rows_of_the_book_are_refused_by_their_line() {
        int row = text.row("account", "path", "bob");
        String[] fields = text.fields(row);
        assertThat(changed(row, text.lines.get(row).replace(book.toString(), "00000000-0000-0000-0000-000000000001")))
                .asString()
                .startsWith(line(row) + "is of book 00000000");
        assertThat(changed(row, text.lines.get(row).replace(book.toString(), "\\N")))
                .asString()
                .startsWith(line(row));
        assertThat(changed(row, text.lines.get(row) + "\tmore"))
                .asString()
                .contains("fields (expected: the 22 of account)");
        assertThat(changed(row, "\\.")).asString().contains("1 fields (expected: the 22 of account)");
        assertThat(changed(row, text.lines.get(row).replace("\tbob\t", "\tb\rob\t")))
                .asString()
                .contains("has byte 13");
        assertThat(changed(row, text.lines.get(row).replace("\tbob\t", "\tb\0ob\t")))
                .asString()
                .contains("has byte 0");
        assertThat(changed(row, text.lines.get(row).replace(fields[1], "no-uuid")))
                .asString()
                .startsWith(line(row) + "invalid input syntax for type uuid");
        assertThat(changed(2, text.lines.get(2).toUpperCase(Locale.ROOT)))
                .asString()
                .startsWith("line 3: is of book");
    }

    @Test
    void rows_that_come_twice_or_not_at_all_are_refused() {
        for (String table : TABLES.subList(2, TABLES.size())) {
            int row = text.header(table) + text.count(table);
            ArchiveText twice = text.copy();
            twice.lines.add(row, text.lines.get(row));
            twice.count(table, text.count(table) + 1);
            assertThat(read(twice.signed())).asString().startsWith(line(row + 1) + "duplicate key value");
            ArchiveText without = text.copy();
            without.lines.remove(row);
            without.count(table, text.count(table) - 1);
            assertThat(read(without.signed())).as(table).isNotInstanceOfAny(Imported.class, BookExists.class);
        }
    }

    @Test
    void rows_that_name_what_is_not_there_are_refused() {
        int lot = text.row("account", "source", "bonus");
        ArchiveText orphan = text.copy();
        orphan.set(lot, text.columns("account").indexOf("parent"), "nobody");
        assertThat(read(orphan.signed()))
                .asString()
                .startsWith(line(text.header("account")) + "some row of these: ")
                .contains("violates foreign key constraint");
    }

    /** Who writes an archive can also hash it, so that what he changed has to be found in the rows. */
    @Test
    void every_changed_column_is_found_even_when_the_archive_is_hashed_anew() {
        Map<String, String> onlySealed = Map.of("book name", "nothing is chained to it", "book opened_at", "likewise");
        List<String> missed = new ArrayList<>();
        int cases = 0;
        for (String table : TABLES) {
            List<String> columns = text.columns(table);
            for (int column = 0; column < columns.size(); column++) {
                String name = table + " " + columns.get(column);
                if (onlySealed.containsKey(name)) {
                    continue;
                }
                ArchiveText edited = text.copy();
                int row = rowToEdit(table, column);
                edited.set(row, column, other(text.fields(row)[column]));
                ImportOutcome outcome = read(edited.signed());
                if (!(outcome instanceof Unsound || outcome instanceof Unreadable)) {
                    missed.add(name + ": " + outcome);
                }
                cases++;
            }
        }
        assertThat(missed).isEmpty();
        assertThat(cases).isGreaterThan(75);
    }

    @Test
    void a_root_that_is_not_that_of_the_accounts_is_refused() {
        int heads = text.lines.size() - 2;
        assertThat(changed(heads, "heads\t" + "0".repeat(64)))
                .asString()
                .startsWith(line(heads))
                .contains("(expected, by the rows: " + text.lines.get(heads) + ")");
    }

    /** The last row of the table that has the column. */
    private int rowToEdit(String table, int column) {
        int header = text.header(table);
        for (int row = header + text.count(table); row > header; row--) {
            if (!text.fields(row)[column].equals("\\N")) {
                return row;
            }
        }
        return header + 1;
    }

    /** Another value of the same type. */
    private static String other(String value) {
        if (value.equals("\\N")) {
            return "1";
        }
        if (value.matches("\\d{4}-\\d\\d-\\d\\d.*")) {
            return value.replaceFirst("-0?[1-9](?=\\D|$)|-\\d\\d(?=\\D|$)", "-12");
        }
        if (value.equals("t") || value.equals("f")) {
            return value.equals("t") ? "f" : "t";
        }
        if (value.startsWith("{")) {
            return "{{mallory,reason}}";
        }
        if (value.matches("-?\\d+")) {
            return String.valueOf(Long.parseLong(value) + 1);
        }
        char last = value.charAt(value.length() - 1);
        return value.substring(0, value.length() - 1) + (last == '1' ? '2' : '1');
    }

    private ImportOutcome changed(int line, String to) {
        ArchiveText changed = text.copy();
        changed.lines.set(line, to);
        return read(changed.signed());
    }

    private ImportOutcome read(byte[] damaged) {
        ImportOutcome outcome = ArchiveText.read(elsewhere.dataSource, damaged);
        if (outcome instanceof Imported) {
            throw new AssertionError("imported, and now nothing can be removed: " + outcome);
        }
        return Objects.requireNonNull(outcome);
    }

    private static String line(int index) {
        return "line " + (index + 1) + ": ";
    }
}
