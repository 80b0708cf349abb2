package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.Address;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PaymentRequestsTest {
    private static final DeskFloor DESK = new DeskFloor();

    private final Partner partner = DESK.partner();
    private final Merchant merchant = DESK.merchant(partner);

    @AfterAll
    static void close() {
        DESK.close();
    }

    @Test
    void a_request_is_read_back_as_it_was_made() {
        PaymentRequest made = DESK.request(partner, merchant);

        assertThat(DESK.bean(PaymentRequests.class).find(partner.id(), made.id()))
                .contains(made);
        assertThat(made.due().text()).isEqualTo("39.120000");
        assertThat(made.rate().source()).isEqualTo("parity");
        assertThat(made.expiresAt()).isEqualTo(made.createdAt().plusSeconds(15 * 60));
    }

    @Test
    void twenty_made_at_once_have_twenty_addresses() {
        List<Callable<PaymentRequest>> callers = Stream.generate(
                        () -> (Callable<PaymentRequest>) () -> DESK.request(partner, merchant))
                .limit(20)
                .toList();

        List<Address> addresses;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            addresses = pool.invokeAll(callers).stream()
                    .map(Future::resultNow)
                    .map(PaymentRequest::depositAddress)
                    .toList();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }

        assertThat(addresses).doesNotHaveDuplicates().hasSize(20).doesNotContain(merchant.wallet());
    }

    @Test
    void the_merchant_must_be_the_partners_own_and_have_accepted() {
        assertThat(DESK.create(DESK.partner(), merchant, "5.00", "USD"))
                .isInstanceOf(PaymentRequestCreation.MerchantUnknown.class);
        assertThat(DESK.create(partner, DESK.invited(partner), "5.00", "USD"))
                .isInstanceOf(PaymentRequestCreation.MerchantNotAccepted.class);
        Merchant disabled = DESK.merchant(partner);
        DESK.sql()
                .sql("UPDATE stablecoin.merchant SET status = 'disabled', disabled_at = now() WHERE id = :id")
                .param("id", disabled.id().value())
                .update();
        assertThat(DESK.create(partner, disabled, "5.00", "USD"))
                .isInstanceOf(PaymentRequestCreation.MerchantDisabled.class);
    }

    @Test
    void less_than_the_partners_minimum_is_refused() {
        assertThat(DESK.create(partner, merchant, "0.99", "USD")).isEqualTo(belowMinimum("1.00 USD"));
        assertThat(DESK.create(partner, merchant, "1.00", "USD")).isInstanceOf(PaymentRequestCreation.Created.class);
    }

    @Test
    void a_currency_that_has_no_rate_is_unavailable_and_one_that_is_not_supported_refused() {
        assertThat(DESK.create(partner, merchant, "5.00", "EUR"))
                .isInstanceOf(PaymentRequestCreation.RateUnavailable.class);
        assertThat(DESK.create(partner, merchant, "5.00", "XAU"))
                .isInstanceOfSatisfying(
                        PaymentRequestCreation.FieldRefused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("currency_unsupported"));
    }

    @Test
    void dollars_at_parity_go_on_while_other_rates_are_missing_unless_the_minimum_needs_one() {
        Partner european = DESK.partner(new Money(1_00, new MoneyUnit("EUR", 2)));
        Merchant shop = DESK.merchant(european);

        assertThat(DESK.create(partner, merchant, "5.00", "USD")).isInstanceOf(PaymentRequestCreation.Created.class);
        assertThat(DESK.create(european, shop, "5.00", "USD"))
                .isInstanceOf(PaymentRequestCreation.RateUnavailable.class);
    }

    @Test
    void nothing_is_asked_for_on_a_chain_that_is_away() {
        DESK.chainRefusal.set("Base does not answer.");
        try {
            assertThat(DESK.create(partner, merchant, "5.00", "USD"))
                    .isEqualTo(new PaymentRequestCreation.ChainUnavailable("Base does not answer."));
        } finally {
            DESK.chainRefusal.set(null);
        }
    }

    @Test
    void what_was_asked_for_never_changes_and_is_never_deleted() {
        PaymentRequest made = DESK.request(partner, merchant);

        assertThatThrownBy(() -> change("UPDATE stablecoin.payment_request SET asset_minor = 1 WHERE id = :id", made))
                .hasMessageContaining("never changes");
        assertThatThrownBy(() -> change("DELETE FROM stablecoin.payment_request WHERE id = :id", made))
                .hasMessageContaining("is refused");
        assertThatThrownBy(() ->
                        DESK.sql().sql("DELETE FROM stablecoin.wallet_seed").update())
                .hasMessageContaining("is refused");
    }

    private static void change(String sql, PaymentRequest request) {
        DESK.sql().sql(sql).param("id", request.id().value()).update();
    }

    private static PaymentRequestCreation belowMinimum(String minimum) {
        return new PaymentRequestCreation.FieldRefused(new FieldError(
                "amount", "amount_below_minimum", "The least amount of one request is " + minimum + "."));
    }
}
