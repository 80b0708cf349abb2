package io.bursar.stablecoin;

import io.bursar.Floors;
import io.bursar.MovableClock;
import io.bursar.books.Books;
import io.bursar.mail.Mail;
import io.bursar.platform.PublicUrl;
import io.bursar.shared.Actor;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.shared.UuidV7;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.Finality;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Partners, merchants and requests by themselves: no web, a chain that is there when a test says so, mails caught. */
final class DeskFloor implements AutoCloseable {
    static final Actor TESTER = Actor.system("test");
    static final MoneyUnit USD = new MoneyUnit("USD", 2);
    private static final AtomicInteger NAMES = new AtomicInteger();

    final AtomicReference<@Nullable String> chainRefusal = new AtomicReference<>();
    private final Deque<String> tokens = new ArrayDeque<>();
    private final Floors floors;

    DeskFloor() {
        floors = Floors.start(
                Map.of(),
                this::substitute,
                "audit",
                "errorlog",
                "mail",
                "outbox",
                "ledger",
                "books",
                "fx",
                "stablecoin");
    }

    <T> T bean(Class<T> type) {
        return floors.bean(type);
    }

    MovableClock clock() {
        return floors.clock();
    }

    JdbcClient sql() {
        return floors.sql();
    }

    /** USDC on Base, in dollars, so that no rate is needed. */
    Partner partner() {
        return partner(new Money(1_00, USD));
    }

    Partner partner(Money minimum) {
        PartnerId id = new PartnerId(UuidV7.at(clock().instant()));
        Partner partner = new Partner(
                id,
                "Northwind",
                "northwind-" + NAMES.incrementAndGet(),
                8453,
                Asset.USDC,
                minimum,
                Finality.FINAL,
                null,
                bean(PartnerBooks.class).open(id, ChainRegistry.chain(8453).orElseThrow(), Asset.USDC, TESTER),
                clock().instant());
        bean(PartnerStore.class).insert(partner);
        return partner;
    }

    Merchant invited(Partner partner) {
        String email = "merchant-" + NAMES.incrementAndGet() + "@example.com";
        if (bean(Merchants.class).invite(partner.id(), "Coffee", email, TESTER) instanceof Invitation.Sent sent) {
            return sent.merchant();
        }
        throw new AssertionError("not invited: " + email);
    }

    Merchant merchant(Partner partner) {
        Merchant invited = invited(partner);
        bean(Invites.class).accept(latestToken());
        return bean(Merchants.class).find(invited.id()).orElseThrow();
    }

    PaymentRequest request(Partner partner, Merchant merchant) {
        PaymentRequestCreation creation = create(partner, merchant, "39.12", "USD");
        if (creation instanceof PaymentRequestCreation.Created created) {
            return created.request();
        }
        throw new AssertionError("not created: " + creation);
    }

    PaymentRequestCreation create(Partner partner, Merchant merchant, String amount, String currency) {
        return bean(PaymentRequests.class)
                .create(partner.id(), new NewPaymentRequest(merchant.id().text(), amount, currency, null), TESTER);
    }

    /** From the last invitation that was mailed. */
    String latestToken() {
        return Optional.ofNullable(tokens.peekLast()).orElseThrow();
    }

    @Override
    public void close() {
        floors.close();
    }

    private void substitute(AnnotationConfigApplicationContext context) {
        context.registerBean(PublicUrl.class, () -> new PublicUrl("https://bursar.example"));
        context.registerBean("chains", Chains.class, () -> new SwitchedChains(context));
        context.registerBean("inviteMail", InviteMail.class, () -> new CaughtMail(context));
        // Pages and jobs of these modules need more than there is here; nobody asks for them.
        context.addBeanFactoryPostProcessor(factory -> {
            for (String name : factory.getBeanDefinitionNames()) {
                factory.getBeanDefinition(name).setLazyInit(true);
            }
        });
    }

    private final class SwitchedChains extends Chains {
        SwitchedChains(AnnotationConfigApplicationContext context) {
            super(
                    context.getBean(StablecoinSettings.class),
                    context.getBean(PaymentRequestStore.class),
                    context.getBean(Clock.class));
        }

        @Override
        public Optional<String> refusal(long chainId, Asset asset) {
            return Optional.ofNullable(chainRefusal.get());
        }
    }

    private final class CaughtMail extends InviteMail {
        CaughtMail(AnnotationConfigApplicationContext context) {
            super(context.getBean(Mail.class), context.getBean(PublicUrl.class));
        }

        @Override
        void queue(Partner partner, String name, String email, String token, Instant expiresAt) {
            super.queue(partner, name, email, token, expiresAt);
            tokens.addLast(token);
        }
    }

    Books books() {
        return bean(Books.class);
    }
}
