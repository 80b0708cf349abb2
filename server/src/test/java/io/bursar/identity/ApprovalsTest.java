package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.books.Books;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.Unit;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two people, shown on what needs them today: moving money of the books by hand. */
class ApprovalsTest {
    private static final String PASSWORD = "a long enough password";
    private static final AccountPath FROM = new AccountPath("bank");
    private static final AccountPath TO = new AccountPath("wallet");
    private final String run = UUID.randomUUID().toString();
    private final TestBursar bursar = TestBursar.shared();
    private final Approvals approvals = bursar.bean(Approvals.class);
    private final Ledger ledger = bursar.bean(Books.class).ledger();
    private BookId book = new BookId(new UUID(0, 0));
    private final Principal.Operator ada = operator("a");
    private final Principal.Operator grace = operator("g");

    @BeforeEach
    void set() {
        bursar.clock().forward(Duration.ofMinutes(1));
        book = bursar.bean(Books.class).open("approvals " + UUID.randomUUID());
        Unit dollars = new Unit("USD", 2);
        ledger.openAccount(book, AccountSpec.withoutFloor(FROM.value(), dollars), "system/test", "test");
        ledger.openAccount(book, AccountSpec.of(TO.value(), dollars), "system/test", "test");
    }

    @Test
    void money_moves_when_a_second_operator_agrees_and_not_before() {
        Approval approval = requested();
        assertThat(balance()).isZero();
        assertThat(approval.summary()).contains("Moves 12.50 USD from bank to wallet");

        assertThat(approvals.approve(approval.id(), ada)).isEqualTo(new ApprovalOutcome.OwnRequest());
        assertThat(balance()).isZero();
        assertThat(approvals.approve(approval.id(), grace)).isInstanceOf(ApprovalOutcome.Decided.class);

        assertThat(balance()).isEqualTo(1250);
        assertThat(actions(approval)).containsExactly("ledger.adjusted", "approval.approved", "approval.requested");
        assertThat(approvals.approve(approval.id(), grace))
                .isEqualTo(new ApprovalOutcome.NotOpen(Approval.State.APPROVED));
        assertThat(balance()).isEqualTo(1250);
    }

    @Test
    void of_many_who_approve_at_once_one_does() {
        Approval approval = requested();
        List<CompletableFuture<ApprovalOutcome>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> approvals.approve(approval.id(), grace)))
                .limit(8)
                .toList();

        assertThat(all.stream().map(CompletableFuture::join))
                .filteredOn(ApprovalOutcome.Decided.class::isInstance)
                .hasSize(1);
        assertThat(balance()).isEqualTo(1250);
    }

    @Test
    void a_request_is_declined_by_another_and_withdrawn_by_oneself() {
        Approval declined = requested();
        assertThat(state(approvals.decline(declined.id(), grace, "Wrong account")))
                .isEqualTo(Approval.State.DECLINED);
        Approval withdrawn = requested();
        assertThat(state(approvals.decline(withdrawn.id(), ada, "Mistyped"))).isEqualTo(Approval.State.WITHDRAWN);

        assertThat(approvals.approve(declined.id(), grace)).isInstanceOf(ApprovalOutcome.NotOpen.class);
        assertThat(balance()).isZero();
        assertThat(entries(declined).getFirst().reason()).isEqualTo("Wrong account");
    }

    @Test
    void a_request_nobody_decided_on_runs_out() {
        Approval approval = requested();
        bursar.clock().forward(Approvals.LIFE);

        assertThat(approvals.approve(approval.id(), grace))
                .isEqualTo(new ApprovalOutcome.NotOpen(Approval.State.EXPIRED));
        assertThat(approvals.open()).noneMatch(open -> open.id().equals(approval.id()));
        assertThat(approvals.ended(null, 50).items())
                .filteredOn(ended -> ended.id().equals(approval.id()))
                .extracting(Approval::state)
                .containsExactly(Approval.State.EXPIRED);
        assertThat(balance()).isZero();
    }

    @Test
    void what_the_ledger_refuses_meanwhile_is_told_and_moves_nothing() {
        Approval approval = requested();
        ledger.freeze(book, FROM, Set.of(Account.Direction.DEBITS), "system/test", "fraud");

        approvals.approve(approval.id(), grace);

        assertThat(balance()).isZero();
        assertThat(actions(approval)).contains("ledger.adjustment_rejected");
    }

    @Test
    void not_even_the_database_takes_one_person_for_two() {
        Approval approval = requested();
        assertThat(catchThrowable(
                        () -> bursar.sql().sql("""
                                UPDATE identity.approval
                                SET state = 'APPROVED', decided_by = requested_by, decided_at = requested_at
                                WHERE id = :id
                                """).param("id", approval.id()).update()))
                .hasMessageContaining("two_people");
    }

    @Test
    void both_see_it_on_the_page_and_only_the_other_gets_the_button() {
        Browser adas = bursar.browser().signIn(email("a"), PASSWORD);
        HttpResponse<String> wrong = ask(adas, "no/such");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(ask(adas, "wallet").headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith("/console/approvals"));
        Approval approval = newest();
        String approve = "/console/approvals/" + IdText.of("apr", approval.id()) + "/approval";
        assertThat(adas.get("/console/approvals").body())
                .contains("Moves 12.50 USD", "You asked for this")
                .doesNotContain(approve);
        assertThat(adas.submit("/console/approvals", approve, Map.of()).statusCode())
                .isEqualTo(409);

        Browser graces = bursar.browser().signIn(email("g"), PASSWORD);
        assertThat(graces.get("/console/approvals").body()).contains(approve);
        assertThat(graces.submit("/console/approvals", approve, Map.of()).statusCode())
                .isEqualTo(303);
        assertThat(balance()).isEqualTo(1250);
        assertThat(graces.get("/console/approvals").body()).doesNotContain(approve);
    }

    private HttpResponse<String> ask(Browser browser, String credit) {
        String account = "/console/ledger/" + IdText.of("bok", book.value()) + "/account";
        return browser.submit(
                account + "?path=bank",
                account + "/adjustment",
                Map.of("path", "bank", "credit", credit, "amount", "12.50", "reason", "Bank error"));
    }

    private Approval requested() {
        Browser adas = bursar.browser().signIn(email("a"), PASSWORD);
        assertThat(ask(adas, "wallet").statusCode()).isEqualTo(302);
        return newest();
    }

    private Approval newest() {
        return approvals.open().stream()
                .filter(open -> open.subject().equals("book/" + book.value()))
                .max(Comparator.comparing(Approval::id))
                .orElseThrow();
    }

    private static Approval.State state(ApprovalOutcome outcome) {
        return ((ApprovalOutcome.Decided) outcome).approval().state();
    }

    private long balance() {
        return ledger.account(book, TO).orElseThrow().balance();
    }

    private List<String> actions(Approval approval) {
        return entries(approval).stream().map(AuditEntry::action).toList();
    }

    private List<AuditEntry> entries(Approval approval) {
        return bursar.bean(Audit.class)
                .entries("approval/" + approval.id(), null, 50)
                .items();
    }

    private String email(String name) {
        return name + run + "@staff.example";
    }

    private Principal.Operator operator(String name) {
        OperatorCreation creation = bursar.bean(Operators.class)
                .add(email(name), "Operator " + name, Role.ADMIN, PASSWORD, Actor.system("test"));
        return new Principal.Operator(
                ((OperatorCreation.Created) creation).operator().id(), "Operator " + name, Role.ADMIN);
    }
}
