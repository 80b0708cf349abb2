package io.bursar.ledger;

import static io.bursar.ledger.LedgerFixture.BANK;
import static io.bursar.ledger.LedgerFixture.USD;
import static io.bursar.ledger.LedgerFixture.commit;
import static io.bursar.ledger.LedgerFixture.move;
import static io.bursar.ledger.LedgerFixture.pend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account of lots reads like any other account. */
final class LotQueriesTest {
    private final LedgerFixture books = new LedgerFixture();
    private final Ledger ledger = books.ledger;
    private final AccountPath points = AccountPath.of("consumer/7/points");

    @BeforeEach
    void open() {
        books.open(AccountSpec.withoutFloor("expired", USD));
        books.open(AccountSpec.ofLots(points.value(), USD, "expired"));
    }

    @Test
    void its_statement_is_one_with_the_balance_of_all_lots_and_pages_without_gaps() {
        for (int day = 1; day <= 6; day++) {
            books.submit("earn/" + day, grant(100, day), grant(10, 90));
            books.submit("spend/" + day, move(points, BANK, 105));
            books.clock.advance(Duration.ofHours(day % 3));
        }
        books.submit("held", pend(points, BANK, 20));
        books.clock.advance(Duration.ofSeconds(1));
        books.submit("captured", commit("held"));

        List<StatementLine> lines = statement(4);

        assertThat(lines).isEqualTo(statement(1_000));
        long balance = books.balance(points);
        for (StatementLine line : lines) {
            assertThat(line.balance()).isEqualTo(balance);
            assertThat(line.counterparty()).isEqualTo(BANK);
            balance -= line.change();
        }
        assertThat(balance).isZero();
        assertThat(lines.getFirst().transfer().reference()).isEqualTo(new Reference("captured"));
        assertThat(lines)
                .extracting(line -> line.transfer().reference().value())
                .contains("held", "earn/1");
    }

    @Test
    void a_page_of_its_statement_stays_the_same_while_more_is_posted() {
        for (int number = 0; number < 5; number++) {
            books.submit("earn/" + number, grant(100, 90));
            books.clock.advance(Duration.ofSeconds(1));
        }
        Page<StatementLine> first = ledger.statement(books.book, points, null, 2);
        List<StatementLine> before =
                ledger.statement(books.book, points, first.next(), 2).items();
        books.submit("spent", move(points, BANK, 250));
        assertThat(ledger.statement(books.book, points, first.next(), 2).items())
                .isEqualTo(before);
        assertThat(before).extracting(StatementLine::balance).containsExactly(300L, 200L);
    }

    @Test
    void its_balance_at_an_instant_is_that_of_its_lots_then() {
        Instant opened = books.clock.instant();
        books.clock.advance(Duration.ofSeconds(1));
        books.submit("earn", grant(100, 1), grant(10, 2));
        Instant earned = books.clock.instant();
        books.clock.advance(Duration.ofSeconds(1));
        books.submit("spend", move(points, BANK, 105));
        assertThat(ledger.balanceAt(books.book, points, opened)).contains(0L);
        assertThat(ledger.balanceAt(books.book, points, earned)).contains(110L);
        assertThat(ledger.balanceAt(books.book, points, books.clock.instant())).contains(5L);
    }

    @Test
    void its_open_lots_are_listed_soonest_to_expire_first() {
        books.submit("for ever", books.deposit(points, 3));
        books.submit("later", grant(20, 9));
        books.submit("soon", grant(10, 5));
        books.submit("gone", grant(7, 1));
        books.submit("spent", move(points, BANK, 7));
        books.submit("held", pend(points, BANK, 12));
        Instant now = books.clock.instant();

        List<OpenLot> lots = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<OpenLot> page = ledger.lots(books.book, points, cursor, 1);
            lots.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);

        assertThat(lots)
                .extracting(OpenLot::source, OpenLot::expiresAt, OpenLot::balance, OpenLot::held)
                .containsExactly(
                        tuple("sale", now.plus(Duration.ofDays(5)), 10L, 10L),
                        tuple("sale", now.plus(Duration.ofDays(9)), 20L, 2L),
                        tuple("for ever", null, 3L, 0L));
    }

    @Test
    void accounts_are_listed_without_their_lots_unless_the_prefix_reaches_into_them() {
        books.submit("earn", grant(100, 1), grant(10, 2));
        assertThat(ledger.accounts(books.book, "consumer/", null, 10).items())
                .extracting(Account::path)
                .containsExactly(points);
        assertThat(ledger.accounts(books.book, points + "/lot/", null, 10).items())
                .extracting(Account::balance)
                .containsExactlyInAnyOrder(100L, 10L);
    }

    @Test
    void a_cursor_that_no_page_ended_with_is_refused() {
        for (String cursor :
                List.of("nonsense", "infinity_x", "2026-03-01T12:00:00Z_1", "+999999999-01-01T00:00:00Z_1")) {
            assertThatThrownBy(() -> ledger.statement(books.book, points, cursor, 2))
                    .as(cursor)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ledger.lots(books.book, points, cursor, 2))
                    .as(cursor)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private List<StatementLine> statement(int limit) {
        List<StatementLine> lines = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<StatementLine> page = ledger.statement(books.book, points, cursor, limit);
            lines.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return lines;
    }

    private Leg grant(long amount, int days) {
        Instant expiresAt = books.clock.instant().plus(Duration.ofDays(days));
        return new Leg.Grant(BANK, points, amount, USD, new LotTerms("sale", expiresAt));
    }
}
