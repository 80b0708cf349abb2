package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.AccountPath;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class InvitesTest {
    private static final DeskFloor DESK = new DeskFloor();

    private final Invites invites = DESK.bean(Invites.class);
    private final Merchants merchants = DESK.bean(Merchants.class);

    @AfterAll
    static void close() {
        DESK.close();
    }

    @Test
    void accepting_gives_the_merchant_a_wallet_and_its_accounts() {
        Partner partner = DESK.partner();
        Merchant invited = DESK.invited(partner);
        assertThat(invited.wallet()).isNull();

        assertThat(invites.look(DESK.latestToken())).isInstanceOf(Acceptance.Open.class);
        assertThat(invites.accept(DESK.latestToken())).isInstanceOf(Acceptance.Accepted.class);

        Merchant merchant = merchants.find(invited.id()).orElseThrow();
        assertThat(merchant.status()).isEqualTo(MerchantStatus.ACCEPTED);
        assertThat(merchant.wallet()).isNotNull();
        String account = "merchant/" + invited.id().value() + "/wallet/base-usdc";
        assertThat(DESK.books().ledger().account(partner.book(), AccountPath.of(account)))
                .isPresent();
    }

    @Test
    void a_link_works_once() {
        DESK.invited(DESK.partner());
        String token = DESK.latestToken();
        invites.accept(token);

        assertThat(invites.accept(token)).isInstanceOf(Acceptance.Used.class);
        assertThat(invites.look(token)).isInstanceOf(Acceptance.Used.class);
    }

    @Test
    void a_link_expires_after_seven_days_and_can_be_sent_again() {
        Merchant merchant = DESK.invited(DESK.partner());
        String expired = DESK.latestToken();
        DESK.clock().forward(Duration.ofDays(7));

        assertThat(invites.accept(expired)).isInstanceOf(Acceptance.Expired.class);

        assertThat(merchants.inviteAgain(merchant.id(), DeskFloor.TESTER)).isInstanceOf(Invitation.Sent.class);
        assertThat(invites.look(expired)).isInstanceOf(Acceptance.Superseded.class);
        assertThat(invites.accept(DESK.latestToken())).isInstanceOf(Acceptance.Accepted.class);
        assertThat(merchants.inviteAgain(merchant.id(), DeskFloor.TESTER)).isInstanceOf(Invitation.NotInvited.class);
    }

    @Test
    void what_is_no_invitation_is_unknown() {
        assertThat(Stream.of("", "short", "x".repeat(43), "%".repeat(43)).map(invites::accept))
                .allMatch(Acceptance.Unknown.class::isInstance);
    }

    @Test
    void the_token_itself_is_stored_nowhere() {
        DESK.invited(DESK.partner());
        String token = DESK.latestToken();

        assertThat(DESK.sql()
                        .sql("SELECT count(*) FROM stablecoin.merchant_invite i WHERE strpos(i::text, :token) > 0")
                        .param("token", token)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void of_many_who_accept_at_once_one_makes_the_only_wallet() throws Exception {
        Merchant invited = DESK.invited(DESK.partner());
        String token = DESK.latestToken();
        List<Callable<Acceptance>> callers = Stream.generate(() -> (Callable<Acceptance>) () -> invites.accept(token))
                .limit(8)
                .toList();

        List<Acceptance> answers;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = pool.invokeAll(callers).stream().map(Future::resultNow).toList();
        }

        assertThat(answers).filteredOn(Acceptance.Accepted.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Acceptance.Used.class::isInstance).hasSize(7);
        assertThat(DESK.sql()
                        .sql("SELECT count(*) FROM stablecoin.merchant WHERE id = :id AND wallet_account IS NOT NULL")
                        .param("id", invited.id().value())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void an_address_is_invited_once_by_a_partner_and_freely_by_another() {
        Partner partner = DESK.partner();
        merchants.invite(partner.id(), "Coffee", "Twice@Example.com ", DeskFloor.TESTER);

        assertThat(merchants.invite(partner.id(), "Coffee", "twice@example.com", DeskFloor.TESTER))
                .isInstanceOfSatisfying(
                        Invitation.Refused.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldError::code)
                                .containsExactly("email_taken"));
        assertThat(merchants.invite(DESK.partner().id(), "Coffee", "twice@example.com", DeskFloor.TESTER))
                .isInstanceOf(Invitation.Sent.class);
    }
}
