package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static io.bursar.ledger.LedgerFixture.move;
import static io.bursar.ledger.LedgerFixture.pend;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Account.Direction;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A book in which everything happened once that can happen to money. */
final class EveryKindOfRow {
    final LedgerFixture books;

    private EveryKindOfRow(LedgerFixture books) {
        this.books = books;
    }

    static EveryKindOfRow in(LedgerFixture books) {
        EveryKindOfRow rows = new EveryKindOfRow(books);
        rows.open();
        rows.holds();
        rows.corrections();
        rows.lots();
        rows.changes();
        rows.periods();
        return rows;
    }

    private void open() {
        books.open(AccountSpec.withoutFloor("owed", USD));
        books.open(AccountSpec.of("ann", USD).owing(AccountPath.of("owed")));
        books.open(new AccountSpec(AccountPath.of("bob"), USD, new Policy(0L, 5_000L)));
        books.open(AccountSpec.withoutFloor("lapsed", USD));
        books.open(AccountSpec.withoutFloor("points-owed", USD));
        books.open(AccountSpec.ofLots("points", USD, "lapsed").owing(AccountPath.of("points-owed")));
    }

    private void holds() {
        post("deposit", move(BANK, path("ann"), 1_000), move(BANK, path("bob"), 500));
        Leg dated = move(path("bob"), path("ann"), 10);
        LocalDate before = LocalDate.of(2026, 2, 20);
        posted(new Posting(
                books.book, new Reference("dated"), List.of(dated), before, Posting.LateDate.REDATE, "late", "test"));
        post("hold", pend(path("ann"), path("bob"), 300));
        post("part", new Leg.Commit(new Reference("hold"), 0, 100L));
        post("let go", new Leg.Release(new Reference("hold"), 0, 50L));
        post("rest", new Leg.Commit(new Reference("hold"), 0));
        post(
                "short hold",
                new Leg.Pend(
                        path("ann"), path("bob"), 20, USD, books.clock.instant().plusSeconds(60)));
        books.clock.advance(Duration.ofMinutes(2));
        post("expiry", new Leg.Expire(new Reference("short hold"), 0));
        post("open hold", pend(path("bob"), path("ann"), 7));
    }

    private void corrections() {
        post("undo a part", new Leg.Reverse(new Reference("deposit"), 1, 100L, false));
        post("undo more", new Leg.Reverse(new Reference("deposit"), 1, 30L, false));
        post("forced", new Leg.Force(path("ann"), BANK, 2_000, USD));
        post("repaid", move(BANK, path("ann"), 500));
    }

    private void lots() {
        grant("gift", 100, Duration.ofHours(1));
        grant("bonus", 60, null);
        post("spent", move(path("points"), path("bob"), 130));
        post("spending undone", new Leg.Reverse(new Reference("spent"), 0, 50L, false));
        grant("short gift", 40, Duration.ofMinutes(1));
        books.clock.advance(Duration.ofMinutes(2));
        AccountPath lot = books.ledger.accounts(books.book, "points/lot/", null, 10).items().stream()
                .filter(account -> ((AccountKind.Lot) account.kind()).source().equals("short gift"))
                .findFirst()
                .orElseThrow()
                .path();
        post("lapse", new Leg.Lapse(lot));
        post("held points", pend(path("points"), path("bob"), 5));
        post("taken back", new Leg.Force(path("points"), BANK, 500, USD));
        grant("late gift", 100, null);
    }

    private void changes() {
        changed(books.ledger.setPolicy(books.book, path("ann"), new Policy(-50L, 1_000_000L), "risk", "trusted"));
        Set<Direction> both = Set.of(Direction.DEBITS, Direction.CREDITS);
        changed(books.ledger.freeze(books.book, path("ann"), both, "risk", "suspected"));
        changed(books.ledger.freeze(books.book, path("ann"), Set.of(Direction.DEBITS), "support", "asked for it"));
        post("frozen", new Leg.Reverse(new Reference("repaid"), 0, 1L, true));
        changed(books.ledger.unfreeze(books.book, path("ann"), both, "risk", "cleared"));
        changed(books.ledger.freeze(books.book, path("points"), both, "risk", "suspected"));
        AccountPath gone = books.wallet("gone");
        post("in", move(BANK, gone, 5));
        post("out", move(gone, BANK, 5));
        changed(books.ledger.closeAccount(books.book, gone, "support", "left"));
    }

    private void periods() {
        LocalDate through = LocalDate.ofInstant(books.clock.instant(), ZoneOffset.UTC);
        for (int month = 1; month <= 2; month++) {
            books.clock.advance(Duration.ofDays(30));
            LocalDate end = through.plusMonths(month).minusMonths(1);
            assertThat(books.ledger.closePeriod(books.book, end, "bookkeeper", "month end"))
                    .isInstanceOf(PeriodClosing.Closed.class);
        }
        Leg late = move(BANK, path("bob"), 10);
        posted(new Posting(
                books.book, new Reference("redated"), List.of(late), through, Posting.LateDate.REDATE, "late", "test"));
    }

    private static void changed(AccountChange change) {
        assertThat(change).isInstanceOf(AccountChange.Changed.class);
    }

    private void grant(String source, long amount, @Nullable Duration lasts) {
        LotTerms terms = new LotTerms(
                source, lasts == null ? null : books.clock.instant().plus(lasts));
        post(source, new Leg.Grant(BANK, path("points"), amount, USD, terms));
    }

    private void post(String reference, Leg... legs) {
        posted(books.posting(reference, legs));
    }

    private void posted(Posting posting) {
        assertThat(books.ledger.submit(posting)).isInstanceOf(Outcome.Posted.class);
    }

    static AccountPath path(String path) {
        return AccountPath.of(path);
    }
}
