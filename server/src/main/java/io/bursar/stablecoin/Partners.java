package io.bursar.stablecoin;

import io.bursar.audit.Audit;
import io.bursar.fx.Fx;
import io.bursar.identity.ApiKeySummary;
import io.bursar.identity.ApiKeys;
import io.bursar.identity.IssuedApiKey;
import io.bursar.identity.KeyOverlap;
import io.bursar.identity.KeyOwner;
import io.bursar.ledger.BookId;
import io.bursar.outbox.Endpoints;
import io.bursar.shared.Actor;
import io.bursar.shared.UuidV7;
import io.bursar.stablecoin.evm.Finality;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The partners: who they are, on which chain they take which coin, and how their backends are known and told. */
@Component
public class Partners {
    /** How many a list shows; an installation serves tens of partners, not thousands. */
    public static final int LISTED_MAX = 500;

    private static final int REASON_LENGTH_MAX = 500;

    private final PartnerStore store;
    private final PartnerBooks books;
    private final Fx fx;
    private final Endpoints endpoints;
    private final ApiKeys keys;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Partners(
            PartnerStore store,
            PartnerBooks books,
            Fx fx,
            Endpoints endpoints,
            ApiKeys keys,
            Audit audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.store = store;
        this.books = books;
        this.fx = fx;
        this.endpoints = endpoints;
        this.keys = keys;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Judging the webhook's address asks the DNS, so it happens before the transaction begins. */
    public PartnerCreation create(PartnerForm form, Actor actor) {
        PartnerRules rules = new PartnerRules(form, fx::currency);
        String slug = rules.slug();
        if (slug != null && store.slugTaken(slug)) {
            rules.refuse("slug", "slug_taken", "Another partner has this slug.");
        }
        String webhookUrl = form.webhookUrl().strip();
        endpoints
                .refusal(webhookUrl)
                .ifPresent(sentence -> rules.refuse("webhookUrl", "webhook_url_refused", sentence));
        Optional<PartnerRules.Judged> judged = rules.judged();
        return judged.isPresent() ? open(judged.get(), webhookUrl, actor) : new PartnerCreation.Refused(rules.errors());
    }

    public Optional<Partner> bySlug(String slug) {
        return store.bySlug(slug);
    }

    public Optional<Partner> find(PartnerId id) {
        return store.find(id);
    }

    /** What has been seen already keeps the tier it was seen under. */
    public TierChange changeTier(PartnerId id, String tier, String reason, Actor actor) {
        Optional<Finality> wanted = Finality.ofWord(tier);
        if (wanted.isEmpty()) {
            return new TierChange.Refused(PartnerRules.TIER_UNKNOWN);
        }
        String why = reason.strip();
        if (!PlainText.fits(why, REASON_LENGTH_MAX)) {
            return new TierChange.Refused(new FieldError(
                    "reason", "reason_required", "Say why, in 1 to %d characters.".formatted(REASON_LENGTH_MAX)));
        }
        return transactions.execute(status -> changeTier(id, wanted.get(), why, actor));
    }

    private TierChange changeTier(PartnerId id, Finality tier, String reason, Actor actor) {
        Finality before = store.lock(id).orElseThrow().tier();
        if (before != tier) {
            store.changeTier(id, tier);
            audit.record(
                    actor,
                    "partner.tier_changed",
                    id.subject(),
                    Map.of("tier", before.word()),
                    Map.of("tier", tier.word()),
                    reason);
        }
        return new TierChange.Changed();
    }

    /** A further API key, known at this moment only; the others stay as they are. */
    public String issueKey(PartnerId id, Actor actor) {
        return transactions.execute(status -> keys.issue(id.value(), actor).key());
    }

    /** A new secret for a key; empty when there is no such key alive. */
    public Optional<String> rotateKey(PartnerId id, UUID credential, KeyOverlap overlap, Actor actor) {
        return transactions.execute(
                status -> keys.rotate(owner(id), credential, overlap, actor).map(IssuedApiKey::key));
    }

    /** True when the secret before a rotation still worked. */
    public boolean endPreviousSecret(PartnerId id, UUID credential, Actor actor) {
        return Boolean.TRUE.equals(transactions.execute(status -> keys.endPrevious(owner(id), credential, actor)));
    }

    /** True when the key was alive. */
    public boolean revokeKey(PartnerId id, UUID credential, Actor actor) {
        return Boolean.TRUE.equals(transactions.execute(status -> keys.revoke(owner(id), credential, actor)));
    }

    public List<ApiKeySummary> keys(PartnerId id) {
        return keys.of(owner(id));
    }

    public List<Partner> list() {
        return store.list(LISTED_MAX);
    }

    public long count() {
        return store.count();
    }

    private PartnerCreation open(PartnerRules.Judged judged, String webhookUrl, Actor actor) {
        PartnerId id = new PartnerId(UuidV7.at(clock.instant()));
        BookId book = books.open(id, judged.chain(), judged.asset(), actor);
        Partner partner = new Partner(
                id,
                judged.name(),
                judged.slug(),
                judged.chain().id(),
                judged.asset(),
                judged.minimum(),
                judged.tier(),
                judged.color(),
                book,
                clock.instant());
        return transactions.execute(status -> insert(partner, webhookUrl, actor));
    }

    private static KeyOwner owner(PartnerId id) {
        return new KeyOwner.Partner(id.value());
    }

    private PartnerCreation insert(Partner partner, String webhookUrl, Actor actor) {
        if (!store.insert(partner)) {
            return new PartnerCreation.Refused(
                    List.of(new FieldError("slug", "slug_taken", "Another partner has this slug.")));
        }
        String webhookSecret = endpoints.add(partner.id().subject(), webhookUrl, actor);
        String apiKey = keys.issue(partner.id().value(), actor).key();
        audit.record(
                actor,
                "partner.created",
                partner.id().subject(),
                Map.of(),
                Map.of(
                        "slug", partner.slug(),
                        "chainId", partner.chainId(),
                        "asset", partner.asset().name(),
                        "displayCurrency", partner.displayUnit().code(),
                        "minFiatPerRequest", partner.minFiatPerRequest().text(),
                        "tier", partner.tier().word()),
                null);
        return new PartnerCreation.Created(partner, apiKey, webhookSecret);
    }
}
