package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;

/** A new book with a bank that has no floor, and a clock that stands until a test moves it. */
final class LedgerFixture {
    static final Unit USD = new Unit("USD", 2);
    static final AccountPath BANK = AccountPath.of("bank");

    final StoppedClock clock = new StoppedClock();
    final DataSource dataSource;
    final Ledger ledger;
    final BookId book;

    LedgerFixture() {
        this(TestPostgres.shared());
    }

    LedgerFixture(DataSource dataSource) {
        this.dataSource = dataSource;
        ledger = Ledger.open(dataSource, clock);
        book = ledger.openBook("test " + UUID.randomUUID());
        ledger.openAccount(book, AccountSpec.withoutFloor("bank", USD), "test", "fixture");
    }

    /** Opens an account that cannot be overdrawn. */
    AccountPath wallet(String path) {
        return open(AccountSpec.of(path, USD));
    }

    AccountPath open(AccountSpec spec) {
        assertThat(ledger.openAccount(book, spec, "test", "fixture")).isInstanceOf(AccountOpening.Opened.class);
        return spec.path();
    }

    Posting posting(String reference, Leg... legs) {
        return Posting.of(book, reference, "test", "", legs);
    }

    Outcome submit(String reference, Leg... legs) {
        return ledger.submit(posting(reference, legs));
    }

    Leg deposit(AccountPath to, long amount) {
        return move(BANK, to, amount);
    }

    static Leg move(AccountPath debit, AccountPath credit, long amount) {
        return new Leg.Move(debit, credit, amount, USD);
    }

    static Leg pend(AccountPath debit, AccountPath credit, long amount) {
        return new Leg.Pend(debit, credit, amount, USD);
    }

    static Leg commit(String reference) {
        return new Leg.Commit(new Reference(reference), 0);
    }

    static Leg release(String reference) {
        return new Leg.Release(new Reference(reference), 0);
    }

    Account account(AccountPath path) {
        return ledger.account(book, path).orElseThrow();
    }

    long balance(AccountPath path) {
        return account(path).balance();
    }

    static final class StoppedClock extends Clock {
        private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
