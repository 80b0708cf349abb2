package io.bursar.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.TestBursar;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Posting;
import io.bursar.ledger.Unit;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExpireDueTest {
    private static final Unit USD = new Unit("USD", 2);
    private static final AccountPath BANK = AccountPath.of("bank");
    private static final AccountPath WALLET = AccountPath.of("wallet");

    private final TestBursar bursar = TestBursar.shared();
    private final Ledger ledger = bursar.bean(Books.class).ledger();

    @Test
    void the_job_lets_go_a_hold_whose_time_has_come_and_is_on_the_jobs_page() {
        BookId book = bursar.bean(Books.class).open("expiry/" + UUID.randomUUID());
        List<AccountSpec> accounts = List.of(AccountSpec.withoutFloor("bank", USD), AccountSpec.of("wallet", USD));
        ledger.openAccounts(book, accounts, "system/test", "test");
        Instant now = bursar.bean(Clock.class).instant();
        Leg hold = new Leg.Pend(BANK, WALLET, 500, USD, now.minusSeconds(1));
        ledger.submit(Posting.of(book, "held", "system/test", "", hold));
        bursar.bean(ExpireDue.class).run();
        assertThat(ledger.account(book, WALLET).orElseThrow().pendingCredits()).isZero();
        assertThat(bursar.admin().get("/console/jobs").body()).contains("expire-due");
    }
}
