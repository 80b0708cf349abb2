package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Holds in parts, reversals, forced corrections, lots and periods, as tables. The batch is decided on 2026-03-01. */
final class DeciderRulesTest {

    @Test
    void a_hold_is_captured_in_parts_up_to_its_amount() {
        holds("""
                account wallet USD/2 balance=500 floor=0
                account shop USD/2 floor=0
                post hold: pend wallet shop 400 USD/2 -> posted wallet=500 shop=0
                post first: commit hold 0 150 -> posted wallet=350 shop=150
                post second: commit hold 0 200 -> posted wallet=150 shop=350
                post too-much: commit hold 0 51 -> HOLD_EXCEEDED leg 0
                post let-go: release hold 0 20 -> posted wallet=150 shop=350
                post rest: commit hold 0 -> posted wallet=120 shop=380
                post late: commit hold 0 1 -> HOLD_SETTLED leg 0
                post spend: move wallet shop 120 USD/2 -> posted wallet=0 shop=500
                """);
    }

    @Test
    void one_posting_may_capture_a_part_and_release_the_rest() {
        holds("""
                account wallet USD/2 balance=500 floor=0
                account shop USD/2 floor=0
                post hold: pend wallet shop 400 USD/2 -> posted wallet=500 shop=0
                post over: commit hold 0 300 & release hold 0 101 -> HOLD_EXCEEDED leg 1
                post end: commit hold 0 300 & release hold 0 -> posted wallet=200 shop=300 wallet=200 shop=300
                post all: move wallet shop 200 USD/2 -> posted wallet=0 shop=500
                """);
    }

    @Test
    void a_hold_whose_time_has_come_can_only_be_let_go() {
        holds("""
                account wallet USD/2 balance=500 floor=0
                account shop USD/2 floor=0
                post old: pend wallet shop 100 USD/2 2026-03-01 -> posted wallet=500 shop=0
                post new: pend wallet shop 100 USD/2 2026-03-02 -> posted wallet=500 shop=0
                post late: commit old 0 -> HOLD_EXPIRED leg 0
                post soon: expire new 0 -> NOT_DUE leg 0
                post due: expire old 0 -> posted wallet=500 shop=0
                post again: expire old 0 -> HOLD_SETTLED leg 0
                post in-time: commit new 0 -> posted wallet=400 shop=100
                post all: move wallet shop 400 USD/2 -> posted wallet=0 shop=500
                """);
    }

    @Test
    void what_is_given_back_never_exceeds_what_was_moved() {
        holds("""
                account bank USD/2
                account wallet USD/2 floor=0
                post sale: move bank wallet 500 USD/2 -> posted bank=-500 wallet=500
                post some: reverse sale 0 200 -> posted wallet=300 bank=-300
                post more: reverse sale 0 301 -> REVERSAL_EXCEEDED leg 0
                post spend: move wallet bank 250 USD/2 -> posted wallet=50 bank=-50
                post short: reverse sale 0 -> INSUFFICIENT_FUNDS leg 0
                post fifty: reverse sale 0 50 -> posted wallet=0 bank=0
                post twice: reverse sale 0 250 & reverse sale 0 1 -> REVERSAL_EXCEEDED leg 1
                post of-reversal: reverse some 0 -> ORIGINAL_UNKNOWN leg 0
                post of-nothing: reverse nothing 0 -> ORIGINAL_UNKNOWN leg 0
                """);
    }

    @Test
    void a_captured_hold_can_be_reversed_but_the_hold_itself_cannot() {
        holds("""
                account wallet USD/2 balance=500 floor=0
                account shop USD/2 floor=0
                post hold: pend wallet shop 400 USD/2 -> posted wallet=500 shop=0
                post taken: commit hold 0 -> posted wallet=100 shop=400
                post undo: reverse hold 0 -> ORIGINAL_UNKNOWN leg 0
                post refund: reverse taken 0 150 -> posted shop=250 wallet=250
                """);
    }

    @Test
    void a_forced_correction_takes_what_is_there_and_the_rest_is_owed() {
        holds("""
                account chain USDC/6
                account owed USDC/6
                account wallet USDC/6 balance=700 pending-debits=100 floor=0 owed=owed debits-frozen
                post gone: force wallet chain 1000 USDC/6 -> posted wallet=100 chain=600 owed=-400 chain=1000
                """);
    }

    @Test
    void later_credits_repay_first_what_is_owed() {
        holds("""
                account chain USDC/6
                account owed USDC/6
                account wallet USDC/6 floor=0 owed=owed
                post gone: force wallet chain 400 USDC/6 -> posted owed=-400 chain=400
                post some: move chain wallet 150 USDC/6 -> posted chain=250 wallet=150 wallet=0 owed=-250
                post spend: move wallet chain 1 USDC/6 -> INSUFFICIENT_FUNDS leg 0
                post seen: pend chain wallet 300 USDC/6 -> posted chain=250 wallet=0
                post final: commit seen 0 -> posted chain=-50 wallet=300 wallet=50 owed=0
                post free: move wallet chain 50 USDC/6 -> posted wallet=0 chain=0
                """);
    }

    @Test
    void a_released_hold_repays_what_is_owed() {
        holds("""
                account chain USDC/6
                account owed USDC/6
                account wallet USDC/6 balance=100 floor=0 owed=owed
                post hold: pend wallet chain 100 USDC/6 -> posted wallet=100 chain=0
                post gone: force wallet chain 30 USDC/6 -> posted owed=-30 chain=30
                post let-go: release hold 0 -> posted wallet=100 chain=30 wallet=70 owed=0
                """);
    }

    @Test
    void a_forced_correction_of_an_account_that_can_owe_nothing_is_refused_when_short() {
        holds("""
                account chain USDC/6
                account unclaimed USDC/6 balance=100 floor=0
                post short: force unclaimed chain 101 USDC/6 -> INSUFFICIENT_FUNDS leg 0
                post whole: force unclaimed chain 100 USDC/6 -> posted unclaimed=0 chain=100
                """);
    }

    @Test
    void a_forced_reversal_is_undone_from_what_is_owed_first() {
        holds("""
                account chain USDC/6
                account owed USDC/6
                account wallet USDC/6 floor=0 owed=owed
                post paid: move chain wallet 100 USDC/6 -> posted chain=-100 wallet=100
                post spent: move wallet chain 60 USDC/6 -> posted wallet=40 chain=-40
                post gone: reverse paid 0 forced -> posted wallet=0 chain=0 owed=-60 chain=60
                post again: reverse paid 0 forced -> REVERSAL_EXCEEDED leg 0
                """);
    }

    @Test
    void a_debit_takes_the_lots_that_expire_soonest_first() {
        holds("""
                account mint PTS/0
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 floor=0 lapses-to=lapsed
                post never: grant mint points 5 PTS/0 gift -> posted mint=-5 points/lot=5
                post june: grant mint points 10 PTS/0 sale/2 2026-06-01 -> posted mint=-15 points/lot=10
                post april: grant mint points 10 PTS/0 sale/1 2026-04-01 -> posted mint=-25 points/lot=10
                post redeem: move points shop 12 PTS/0 -> posted points/lot=0 shop=10 points/lot=8 shop=12
                post more: move points shop 14 PTS/0 -> INSUFFICIENT_FUNDS leg 0
                post rest: move points shop 13 PTS/0 -> posted points/lot=0 shop=20 points/lot=0 shop=25
                """);
    }

    @Test
    void expired_lots_are_not_spent_and_lapse_once() {
        holds("""
                account mint PTS/0
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 balance=30 floor=0 lapses-to=lapsed
                account points/lot/old PTS/0 balance=20 floor=0 parent=points expires=2026-03-01
                account points/lot/new PTS/0 balance=10 floor=0 parent=points expires=2026-03-02
                post over: move points shop 11 PTS/0 -> INSUFFICIENT_FUNDS leg 0
                post soon: lapse points/lot/new -> NOT_DUE leg 0
                post lapse: lapse points/lot/old -> posted points/lot/old=0 lapsed=20
                post again: lapse points/lot/old -> NOT_DUE leg 0
                post all: move points shop 10 PTS/0 -> posted points/lot/new=0 shop=10
                """);
    }

    @Test
    void a_hold_pins_its_lots_and_a_held_lot_lapses_when_its_hold_ends() {
        holds("""
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 balance=30 pending-debits=15 floor=0 lapses-to=lapsed
                account points/lot/a PTS/0 balance=20 floor=0 parent=points expires=2026-04-01
                account points/lot/b PTS/0 balance=10 floor=0 parent=points
                post hold: pend points shop 25 PTS/0 -> posted points/lot/a=20 shop=0 points/lot/b=10 shop=0
                post spend: move points shop 6 PTS/0 -> INSUFFICIENT_FUNDS leg 0
                post free: move points shop 5 PTS/0 -> posted points/lot/b=5 shop=5
                post capture: commit hold 0 22 -> posted points/lot/a=0 shop=25 points/lot/b=3 shop=27
                post end: release hold 0 -> posted points/lot/b=3 shop=27
                """);
    }

    @Test
    void a_refund_goes_back_to_its_lots_and_lapses_at_once_where_they_have_expired() {
        holds("""
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 balance=30 floor=0 lapses-to=lapsed
                account points/lot/a PTS/0 balance=20 floor=0 parent=points expires=2026-04-01
                account points/lot/b PTS/0 balance=10 floor=0 parent=points
                post buy: move points shop 25 PTS/0 -> posted points/lot/a=0 shop=20 points/lot/b=5 shop=25
                post some: reverse buy 0 7 -> posted shop=20 points/lot/b=10 shop=18 points/lot/a=2
                """);
    }

    @Test
    void a_clawback_takes_back_what_a_source_gave_and_the_rest_is_owed() {
        holds("""
                account mint PTS/0
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account owed PTS/0
                account points PTS/0 floor=0 lapses-to=lapsed owed=owed
                post sale: grant mint points 50 PTS/0 sale/1 -> posted mint=-50 points/lot=50
                post gift: grant mint points 10 PTS/0 gift/1 -> posted mint=-60 points/lot=10
                post buy: move points shop 20 PTS/0 -> posted points/lot=30 shop=20
                post refunded: reverse sale 0 forced -> posted points/lot=0 mint=-30 owed=-20 mint=-10
                post next: grant mint points 15 PTS/0 sale/2 -> posted mint=-25 points/lot=15 points/lot=0 owed=-5
                """);
    }

    @Test
    void lots_keep_their_terms_when_they_move_between_accounts_of_lots() {
        Decision decision = DeciderTable.decision("""
                account lapsed PTS/0 floor=0
                account unclaimed PTS/0 balance=5 floor=0 lapses-to=lapsed
                account unclaimed/lot/a PTS/0 balance=5 floor=0 parent=unclaimed source=sale/9 expires=2026-04-01
                account points PTS/0 floor=0 lapses-to=lapsed
                post claim: move unclaimed points 5 PTS/0 -> ?
                """);
        assertThat(decision.opened())
                .extracting(opened -> opened.source() + " " + opened.expiresAt())
                .containsExactly("sale/9 2026-04-01T00:00:00Z");
        assertThat(decision.touched())
                .extracting(account -> account.path().value().replaceFirst("/lot/.*-.*", "/lot") + " "
                        + account.sums().posted())
                .containsExactlyInAnyOrder("unclaimed 0", "unclaimed/lot/a 0", "points 5", "points/lot 5");
    }

    @Test
    void the_ceiling_of_an_account_of_lots_holds_for_them_together() {
        holds("""
                account mint PTS/0
                account lapsed PTS/0 floor=0
                account points PTS/0 floor=0 ceiling=12 lapses-to=lapsed
                post one: grant mint points 7 PTS/0 sale/1 -> posted mint=-7 points/lot=7
                post two: grant mint points 6 PTS/0 sale/2 -> CEILING_EXCEEDED leg 0
                post three: grant mint points 5 PTS/0 sale/3 -> posted mint=-12 points/lot=5
                """);
    }

    @Test
    void a_frozen_account_of_lots_spends_none_of_them() {
        holds("""
                account shop PTS/0 floor=0
                account lapsed PTS/0 floor=0
                account points PTS/0 balance=20 floor=0 lapses-to=lapsed debits-frozen
                account points/lot/a PTS/0 balance=20 floor=0 parent=points
                post all: move points shop 5 PTS/0 -> DEBITS_FROZEN leg 0
                post lot: move points/lot/a shop 5 PTS/0 -> DEBITS_FROZEN leg 0
                """);
    }

    @Test
    void nothing_takes_effect_in_a_closed_period_unless_it_may_be_redated() {
        holds("""
                closed 2026-01-31
                account bank USD/2
                account wallet USD/2 floor=0
                post a: move bank wallet 1 USD/2 on 2026-01-31 -> PERIOD_CLOSED leg 0
                post b: move bank nobody 1 USD/2 on 2026-01-31 -> PERIOD_CLOSED leg 0
                post c: move bank wallet 1 USD/2 on 2026-02-01 -> posted bank=-1 wallet=1
                post d: move bank wallet 1 USD/2 -> posted bank=-2 wallet=2
                post e: move bank wallet 1 USD/2 on 2026-01-31 redated -> posted bank=-3 wallet=3
                """);
    }

    @Test
    void a_redated_posting_tells_the_date_that_was_asked_for() {
        Decision decision = DeciderTable.decision("""
                closed 2026-01-31
                account bank USD/2
                account wallet USD/2 floor=0
                post late: move bank wallet 1 USD/2 on 2026-01-31 redated -> ?
                """);
        assertThat(decision.rows())
                .extracting(row ->
                        row.dating().effectiveDate() + " asked " + row.dating().askedDate())
                .containsExactly("2026-03-01 asked 2026-01-31");
    }

    private static void holds(String table) {
        assertThat(DeciderTable.decided(table)).isEqualTo(table);
    }
}
