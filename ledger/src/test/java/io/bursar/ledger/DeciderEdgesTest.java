package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where rules meet: what random programs found, and what they could find no words for, as tables. */
final class DeciderEdgesTest {

    @Test
    void nobody_pays_himself() {
        holds("""
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 balance=30 floor=0 lapses-to=lapsed
                account points/lot/a PTS/0 balance=20 floor=0 parent=points expires=2026-04-01
                account points/lot/b PTS/0 balance=10 floor=0 parent=points
                post all: move points points/lot/a 20 PTS/0 -> INSUFFICIENT_FUNDS leg 0
                post other: move points points/lot/a 10 PTS/0 -> posted points/lot/b=0 points/lot/a=30
                """);
        holds("""
                account owed USD/2
                account wallet USD/2 balance=5 floor=0 owed=owed
                post more: force wallet owed 6 USD/2 -> INSUFFICIENT_FUNDS leg 0
                post all: force wallet owed 5 USD/2 -> posted wallet=0 owed=5
                """);
    }

    @Test
    void an_expired_lot_is_not_spent_by_naming_it_but_a_correction_takes_it() {
        holds("""
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 balance=20 floor=0 lapses-to=lapsed
                account points/lot/a PTS/0 balance=20 floor=0 parent=points expires=2026-03-01
                post spend: move points/lot/a shop 5 PTS/0 -> INSUFFICIENT_FUNDS leg 0
                post hold: pend points/lot/a shop 5 PTS/0 -> INSUFFICIENT_FUNDS leg 0
                post forced: force points/lot/a shop 5 PTS/0 -> posted points/lot/a=15 shop=5
                """);
    }

    @Test
    void a_lot_lapses_once_in_a_posting() {
        holds("""
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 balance=20 floor=0 lapses-to=lapsed
                account points/lot/a PTS/0 balance=20 floor=0 parent=points expires=2026-03-01
                post twice: lapse points/lot/a & lapse points/lot/a -> NOT_DUE leg 1
                post taken: force points/lot/a shop 20 PTS/0 & lapse points/lot/a -> INSUFFICIENT_FUNDS leg 1
                post single: lapse shop -> UNKNOWN_ACCOUNT leg 0
                post nobody: lapse points/lot/z -> UNKNOWN_ACCOUNT leg 0
                post once: lapse points/lot/a -> posted points/lot/a=0 lapsed=20
                """);
    }

    @Test
    void a_closed_account_gives_nothing_and_what_it_owes_is_owed() {
        holds("""
                account bank USD/2
                account owed USD/2
                account gone USD/2 floor=0 owed=owed closed
                account outside USD/2 closed
                account overdrawn USD/2 floor=-50 owed=owed closed
                post back: force gone bank 5 USD/2 -> posted owed=-5 bank=5
                post none: force outside bank 5 USD/2 -> ACCOUNT_CLOSED leg 0
                post deep: force overdrawn bank 5 USD/2 -> posted owed=-10 bank=10
                post into: force bank gone 5 USD/2 -> ACCOUNT_CLOSED leg 0
                """);
    }

    @Test
    void what_nobody_named_may_be_closed_too() {
        holds("""
                account bank USD/2
                account owed USD/2 closed
                account wallet USD/2 floor=0 owed=owed
                account lapsed USD/2 floor=0 closed
                account points USD/2 balance=9 floor=0 lapses-to=lapsed
                account points/lot/a USD/2 balance=9 floor=0 parent=points expires=2026-03-01
                post short: force wallet bank 5 USD/2 -> ACCOUNT_CLOSED leg 0
                post lapse: lapse points/lot/a -> ACCOUNT_CLOSED leg 0
                """);
    }

    @Test
    void a_reversal_gives_back_to_the_debt_first_and_then_to_who_paid() {
        holds("""
                account chain USD/2
                account owed USD/2
                account wallet USD/2 balance=30 floor=0 owed=owed
                post gone: force wallet chain 50 USD/2 -> posted wallet=0 chain=30 owed=-20 chain=50
                post some: reverse gone 0 25 -> posted chain=30 owed=0 chain=25 wallet=5
                post rest: reverse gone 0 -> posted chain=0 wallet=30
                post more: reverse gone 0 -> REVERSAL_EXCEEDED leg 0
                """);
    }

    @Test
    void a_forced_reversal_takes_what_the_lot_has_left_though_it_has_expired() {
        holds("""
                account mint PTS/0
                account shop PTS/0
                account owed PTS/0
                account lapsed PTS/0
                account points PTS/0 floor=0 lapses-to=lapsed owed=owed
                post sale: grant mint points 50 PTS/0 sale/1 2026-04-01 -> posted mint=-50 points/lot=50
                post hold: pend points shop 20 PTS/0 -> posted points/lot=50 shop=0
                post back: reverse sale 0 forced -> posted points/lot=20 mint=-20 owed=-20 mint=0
                post free: release hold 0 5 -> posted points/lot=20 shop=0 points/lot=15 owed=-15
                post buy: commit hold 0 -> posted points/lot=0 shop=15
                """);
    }

    @Test
    void a_grant_that_has_expired_lapses_at_once() {
        holds("""
                account mint PTS/0
                account lapsed PTS/0
                account points PTS/0 floor=0 lapses-to=lapsed
                post old: grant mint points 5 PTS/0 s 2026-02-01 -> posted mint=-5 points/lot=5 points/lot=0 lapsed=5
                post to: grant mint lapsed 5 PTS/0 sale/1 -> UNKNOWN_ACCOUNT leg 0
                post nobody: grant mint nobody 5 PTS/0 sale/1 -> UNKNOWN_ACCOUNT leg 0
                """);
    }

    @Test
    void a_lot_can_be_spent_by_the_posting_that_opens_it() {
        holds("""
                account mint PTS/0
                account shop PTS/0
                account lapsed PTS/0
                account pts PTS/0 floor=0 lapses-to=lapsed
                post a: move mint pts 5 PTS/0 & move pts shop 3 PTS/0 -> posted mint=-5 pts/lot=5 pts/lot=2 shop=3
                post b: move pts shop 2 PTS/0 -> posted pts/lot=0 shop=5
                """);
    }

    @Test
    void points_become_a_lot_of_their_own_when_they_come_from_no_lot() {
        Decision decision = DeciderTable.decision("""
                account mint PTS/0
                account lapsed PTS/0
                account points PTS/0 floor=0 lapses-to=lapsed
                post gift/7: move mint points 5 PTS/0 -> ?
                """);
        assertThat(decision.opened())
                .extracting(opened -> opened.source() + " " + opened.expiresAt())
                .containsExactly("gift/7 null");
    }

    @Test
    void posting_time_follows_what_is_owed_by_the_parent_of_a_lot() {
        Decision decision = DeciderTable.decision("""
                account mint PTS/0
                account lapsed PTS/0 last=2026-03-01T12:00:07Z
                account points PTS/0 balance=9 floor=0 lapses-to=lapsed
                account points/lot/a PTS/0 balance=9 floor=0 parent=points expires=2026-03-01
                post lapse: lapse points/lot/a -> ?
                """);
        assertThat(decision.rows())
                .extracting(row -> row.dating().postedAt().toString())
                .containsExactly("2026-03-01T12:00:07Z");
    }

    @Test
    void a_limit_that_is_broken_is_named_with_what_was_there() {
        assertThat(message("account a USD/2 balance=5 floor=2 & move a b 4 USD/2"))
                .isEqualTo("debit of 4 from a with 5 available (expected: not below floor 2)");
        assertThat(message("account a USD/2 balance=-9223372036854775808 & move a b 1 USD/2"))
                .contains("within 64 bits, floor none");
        assertThat(message("account c USD/2 ceiling=3 & move b c 4 USD/2"))
                .isEqualTo("credit of 4 to c with 0 balance and pending credits (expected: not above ceiling 3)");
        assertThat(message("account c USD/2 balance=9223372036854775807 & move b c 4 USD/2"))
                .contains("within 64 bits, ceiling none");
        assertThat(message("closed 2026-03-31 & move b b2 4 USD/2"))
                .isEqualTo("effective date 2026-03-01: its period is closed (expected: after 2026-03-31)");
    }

    private static String message(String setupAndLeg) {
        String[] parts = setupAndLeg.split(" & ", -1);
        Decision decision = DeciderTable.decision(
                "account b USD/2\naccount b2 USD/2\n" + parts[0] + "\npost it: " + parts[1] + " -> ?");
        return ((Outcome.Rejected) decision.outcomes().getFirst()).message();
    }

    private static void holds(String table) {
        assertThat(DeciderTable.decided(table)).isEqualTo(table);
    }
}
