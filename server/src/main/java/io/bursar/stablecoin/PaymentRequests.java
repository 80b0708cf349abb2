package io.bursar.stablecoin;

import io.bursar.audit.Audit;
import io.bursar.platform.Sql;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.shared.UuidV7;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.TokenSpec;
import io.bursar.stablecoin.evm.TxHash;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Payment requests: a fiat amount becomes an amount of a coin at a locked rate, to be paid to an address that is used
 * for nothing else.
 */
@Component
public class PaymentRequests {
    private static final int REFERENCE_LENGTH_MAX = 120;

    private final PaymentRequestStore store;
    private final PartnerStore partners;
    private final MerchantStore merchants;
    private final Quoting quoting;
    private final ChainAvailability chains;
    private final EmbeddedWallets wallets;
    private final ProofIntake proofs;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Duration life;

    PaymentRequests(
            PaymentRequestStore store,
            PartnerStore partners,
            MerchantStore merchants,
            Quoting quoting,
            ChainAvailability chains,
            EmbeddedWallets wallets,
            ProofIntake proofs,
            Audit audit,
            TransactionTemplate transactions,
            Clock clock,
            StablecoinSettings settings) {
        this.store = store;
        this.partners = partners;
        this.merchants = merchants;
        this.quoting = quoting;
        this.chains = chains;
        this.wallets = wallets;
        this.proofs = proofs;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
        this.life = settings.requestLife();
    }

    /** Joins the caller's transaction when there is one, so that an idempotency record commits with the request. */
    public PaymentRequestCreation create(PartnerId partnerId, NewPaymentRequest asked, Actor actor) {
        Partner partner = partners.find(partnerId).orElseThrow();
        Optional<Merchant> merchant = MerchantId.parse(asked.merchantId()).flatMap(id -> merchants.find(partnerId, id));
        if (merchant.isEmpty()) {
            return new PaymentRequestCreation.MerchantUnknown();
        }
        return switch (merchant.get().status()) {
            case INVITED -> new PaymentRequestCreation.MerchantNotAccepted();
            case DISABLED -> new PaymentRequestCreation.MerchantDisabled();
            case ACCEPTED -> judge(partner, merchant.get(), asked, actor);
        };
    }

    public Optional<PaymentRequest> find(PartnerId partner, PaymentRequestId id) {
        return store.find(partner, id);
    }

    /** For the pay page and for operators, who see every partner's. */
    public Optional<PaymentRequest> findOfAnyPartner(PaymentRequestId id) {
        return store.findOfAnyPartner(id);
    }

    /** Hands a transaction hash to verification. False when the request was verified before; nothing changes then. */
    public boolean attachProof(PaymentRequestId id, TxHash tx, Actor actor) {
        return switch (proofs.attach(id, tx, actor)) {
            case ATTACHED -> true;
            case ALREADY_VERIFIED -> false;
        };
    }

    private PaymentRequestCreation judge(Partner partner, Merchant merchant, NewPaymentRequest asked, Actor actor) {
        Optional<MoneyUnit> unit = quoting.currency(asked.currency());
        if (unit.isEmpty()) {
            return refused(
                    "currency",
                    "currency_unsupported",
                    "That currency is not one of the 28 supported ones; GET /api/v1/currencies lists them.");
        }
        String reference = asked.reference();
        if (reference != null && !PlainText.fits(reference, REFERENCE_LENGTH_MAX)) {
            return refused(
                    "reference",
                    "reference_invalid",
                    "The reference must have 1 to %d characters.".formatted(REFERENCE_LENGTH_MAX));
        }
        return switch (FiatAmount.parse(asked.amount(), unit.get())) {
            case FiatAmount.Wrong(String code, String sentence) -> refused("amount", code, sentence);
            case FiatAmount.Read(Money fiat) -> price(partner, merchant, fiat, reference, actor);
        };
    }

    private PaymentRequestCreation price(
            Partner partner, Merchant merchant, Money fiat, @Nullable String reference, Actor actor) {
        Optional<String> closed = chains.refusal(partner.chainId(), partner.asset());
        if (closed.isPresent()) {
            return new PaymentRequestCreation.ChainUnavailable(closed.get());
        }
        return switch (quoting.quote(partner, fiat)) {
            case Quoting.Answer.Refused(FieldError error) -> new PaymentRequestCreation.FieldRefused(error);
            case Quoting.Answer.Unavailable(String sentence) -> new PaymentRequestCreation.RateUnavailable(sentence);
            case Quoting.Answer.Quoted(Money due, LockedRate rate) ->
                transactions.execute(status -> insert(request(partner, merchant, fiat, due, rate, reference), actor));
        };
    }

    private PaymentRequest request(
            Partner partner, Merchant merchant, Money fiat, Money due, LockedRate rate, @Nullable String reference) {
        // As the database keeps it, so that what is answered now and read later are equal.
        Instant now = Sql.time(clock.instant()).toInstant();
        Integer account = merchant.walletAccount();
        if (account == null) {
            throw new IllegalStateException("merchant " + merchant.id() + ": no wallet (expected: one since accepted)");
        }
        int index = store.nextAddressIndex();
        return new PaymentRequest(
                new PaymentRequestId(UuidV7.at(now)),
                partner.id(),
                merchant.id(),
                reference,
                fiat,
                due,
                partner.asset(),
                partner.chainId(),
                token(partner).contract(),
                rate,
                wallets.deposit(account, index),
                index,
                now,
                now.plus(life),
                Proof.NONE);
    }

    private static TokenSpec token(Partner partner) {
        return switch (ChainRegistry.token(partner.chainId(), partner.asset())) {
            case ChainRegistry.TokenLookup.Listed listed -> listed.token();
            case ChainRegistry.TokenLookup.ChainNotSupported _, ChainRegistry.TokenLookup.AssetNotIssuedOnChain _ ->
                throw new IllegalStateException("partner %s: %s on chain %d (expected: a listed token)"
                        .formatted(partner.id(), partner.asset(), partner.chainId()));
        };
    }

    private PaymentRequestCreation insert(PaymentRequest request, Actor actor) {
        Check.that(request.due().positive(), "due: %s (expected: > 0)", request.due());
        store.insert(request);
        audit.record(
                actor,
                "payment_request.created",
                request.id().subject(),
                Map.of(),
                Map.of(
                        "merchant", request.merchantId().text(),
                        "amount", request.fiat().toString(),
                        "due", request.due().toString(),
                        "chainId", request.chainId(),
                        "address", request.depositAddress().checksummed()),
                null);
        return new PaymentRequestCreation.Created(request);
    }

    private static PaymentRequestCreation refused(String field, String code, String sentence) {
        return new PaymentRequestCreation.FieldRefused(new FieldError(field, code, sentence));
    }
}
