package io.bursar.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes transfers as CSV (RFC 4180): a line of names, then a line for each transfer, lines ended by CR and LF. */
final class Journal {
    private static final String HEADER = String.join(
            ",",
            "effective_date",
            "posted_at",
            "transfer",
            "reference",
            "leg",
            "part",
            "kind",
            "debit",
            "credit",
            "amount",
            "unit",
            "scale",
            "debit_balance",
            "credit_balance",
            "settles",
            "asked_date",
            "expires_at",
            "memo",
            "actor",
            "hash");

    private final Appendable out;

    private Journal(Appendable out) {
        this.out = out;
    }

    /** A cursor needs a transaction, which is all that this one is for. */
    static long write(DataSource dataSource, BookId book, LocalDate from, LocalDate through, Appendable out) {
        Journal journal = new Journal(out);
        journal.line(HEADER);
        return Sql.write(
                dataSource, connection -> new JournalStore(connection).read(book, from, through, journal::line));
    }

    private void line(Transfer transfer) {
        StringBuilder line = new StringBuilder(transfer.effectiveDate().toString());
        Stream.of(
                        transfer.postedAt(),
                        transfer.id(),
                        transfer.reference(),
                        transfer.leg(),
                        transfer.part(),
                        transfer.kind(),
                        transfer.debit().account(),
                        transfer.credit().account(),
                        transfer.amount(),
                        transfer.unit().code(),
                        transfer.unit().scale(),
                        transfer.debit().balance(),
                        transfer.credit().balance(),
                        orNothing(transfer.settles()),
                        orNothing(transfer.askedDate()),
                        orNothing(transfer.expiresAt()),
                        transfer.memo(),
                        transfer.actor(),
                        transfer.hash())
                .forEach(field -> line.append(',').append(quoted(field.toString())));
        line(line.toString());
    }

    private static Object orNothing(@Nullable Object value) {
        return value == null ? "" : value;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void line(String text) {
        try {
            out.append(text).append("\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
