package io.bursar.outbox;

import io.bursar.audit.Audit;
import io.bursar.platform.Page;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import io.bursar.shared.UuidV7;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where events are delivered, and how deliveries went. */
@Component
public class Endpoints {
    private static final int ENDPOINTS_PER_OWNER_MAX = 10;
    private static final Duration ROTATION_OVERLAP = Duration.ofHours(24);

    private final EndpointStore endpoints;
    private final DeliveryStore deliveries;
    private final DeliveryListStore lists;
    private final Outbox outbox;
    private final WebhookSettings settings;
    private final AddressGuard guard;
    private final Secrets secrets;
    private final Audit audit;
    private final Clock clock;

    Endpoints(
            EndpointStore endpoints,
            DeliveryStore deliveries,
            DeliveryListStore lists,
            Outbox outbox,
            WebhookSettings settings,
            AddressGuard guard,
            Secrets secrets,
            Audit audit,
            Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.lists = lists;
        this.outbox = outbox;
        this.settings = settings;
        this.guard = guard;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Why a URL may not be an endpoint, in a sentence: not HTTPS, or into a private network, unless its origin is
     * listed as allowed. It looks the host up, so it is asked before a transaction begins. A host nobody knows yet is
     * allowed, because its name may be on its way; deliveries say {@code dns} until it is there.
     */
    public Optional<String> refusal(String url) {
        return switch (Target.of(url, settings.allowedOrigins())) {
            case Target.Refused refused -> Optional.of(refused.sentence());
            case Target.Origin origin ->
                switch (guard.vet(origin)) {
                    case AddressGuard.Vetted.NotPublic notPublic ->
                        Optional.of("The webhook URL leads into a private network.");
                    case AddressGuard.Vetted.Addresses addresses -> Optional.empty();
                    case AddressGuard.Vetted.Unknown unknown -> Optional.empty();
                };
        };
    }

    /**
     * Adds an endpoint inside the caller's transaction; the caller has asked {@link #refusal} before it began.
     *
     * @return the endpoint's signing secret ({@code whsec_…}), shown this once
     */
    public String add(String owner, String url, Actor actor) {
        int present = endpoints.of(owner).size();
        Check.that(
                present < ENDPOINTS_PER_OWNER_MAX,
                "endpoints of %s: %s (expected: at most %s)",
                owner,
                present + 1,
                ENDPOINTS_PER_OWNER_MAX);
        Instant now = clock.instant();
        UUID id = UuidV7.at(now);
        SigningSecret secret = SigningSecret.random(secrets);
        endpoints.insert(id, owner, url, secret.sealed(secrets, SealedSecrets.context(id)), secret.fingerprint(), now);
        tell(
                actor,
                "webhook.added",
                owner,
                id,
                Map.of(),
                Map.of("origin", origin(url), "secret", secret.fingerprint()));
        return secret.text();
    }

    public List<EndpointView> of(String owner) {
        return endpoints.of(owner);
    }

    /** Delivery attempts newest first, of one subject or all of the owner's. */
    public Page<DeliveryView> deliveries(String owner, @Nullable String subject, @Nullable String cursor, int limit) {
        return lists.page(new DeliveryListStore.Filter(owner, subject, null, null), cursor, limit);
    }

    /** Inside the caller's transaction, after {@link #refusal}. Waiting deliveries go to the new URL. */
    public void replaceUrl(String owner, UUID endpointId, String url, Actor actor) {
        EndpointView before = locked(owner, endpointId);
        endpoints.replaceUrl(endpointId, url);
        tell(
                actor,
                "webhook.url_replaced",
                owner,
                endpointId,
                Map.of("origin", origin(before.url())),
                Map.of("origin", origin(url)));
    }

    /** Makes a new secret; for 24 hours the old one signs too, so that the owner can change over without a gap. */
    public String rotate(String owner, UUID endpointId, Actor actor) {
        return replaceSecret(owner, endpointId, actor, true);
    }

    /** Makes a new secret and forgets the old one at once: what to do when it leaked. */
    public String revokeNow(String owner, UUID endpointId, Actor actor) {
        return replaceSecret(owner, endpointId, actor, false);
    }

    /** Nothing is sent until it is enabled again; events go on being kept for it. */
    public void disable(String owner, UUID endpointId, Actor actor, String reason) {
        locked(owner, endpointId);
        if (endpoints.disable(endpointId, "operator", clock.instant())) {
            tellWhy(actor, "webhook.disabled", owner, endpointId, reason);
        }
    }

    /** Sends again, what was kept meanwhile first. */
    public void enable(String owner, UUID endpointId, Actor actor, String reason) {
        if (locked(owner, endpointId).disabledAt() != null) {
            endpoints.enable(endpointId);
            outbox.sendAfterCommit(List.of(endpointId));
            tellWhy(actor, "webhook.enabled", owner, endpointId, reason);
        }
    }

    /** Sends an event {@code bursar.test} to this endpoint alone. */
    public UUID test(String owner, UUID endpointId, Actor actor) {
        locked(owner, endpointId);
        UUID eventId = outbox.publishTo(
                List.of(endpointId),
                owner,
                "bursar.test",
                "webhook-endpoint/" + endpointId,
                Map.of("message", "This is a test delivery. Nothing happened."));
        tell(actor, "webhook.tested", owner, endpointId, Map.of(), Map.of("event", eventId.toString()));
        return eventId;
    }

    /** Sends a delivery again from the beginning of its schedule, under the same id. False while it is being sent. */
    public boolean replay(String owner, UUID deliveryId, Actor actor) {
        DeliveryView delivery = lists.find(deliveryId)
                .filter(found -> found.owner().equals(owner))
                .orElseThrow(() -> new IllegalArgumentException("delivery " + deliveryId + ": not of " + owner));
        boolean replayed = deliveries.replay(deliveryId, clock.instant());
        if (replayed) {
            outbox.sendAfterCommit(List.of(delivery.endpointId()));
            tell(
                    actor,
                    "webhook.replayed",
                    owner,
                    delivery.endpointId(),
                    Map.of("status", delivery.status()),
                    Map.of("delivery", deliveryId.toString()));
        }
        return replayed;
    }

    private String replaceSecret(String owner, UUID endpointId, Actor actor, boolean overlap) {
        EndpointView before = locked(owner, endpointId);
        Instant now = clock.instant();
        SigningSecret secret = SigningSecret.random(secrets);
        byte[] sealed = secret.sealed(secrets, SealedSecrets.context(endpointId));
        if (overlap) {
            endpoints.rotate(endpointId, sealed, secret.fingerprint(), now, now.plus(ROTATION_OVERLAP));
        } else {
            endpoints.replaceSecret(endpointId, sealed, secret.fingerprint(), now);
        }
        tell(
                actor,
                overlap ? "webhook.secret_rotated" : "webhook.secret_revoked",
                owner,
                endpointId,
                Map.of("secret", before.secretFingerprint()),
                Map.of("secret", secret.fingerprint()));
        return secret.text();
    }

    private EndpointView locked(String owner, UUID endpointId) {
        return endpoints
                .lock(endpointId)
                .filter(found -> found.owner().equals(owner))
                .orElseThrow(() -> new IllegalArgumentException("endpoint " + endpointId + ": not of " + owner));
    }

    private void tell(
            Actor actor,
            String action,
            String owner,
            UUID endpointId,
            Map<String, String> before,
            Map<String, String> after) {
        Map<String, String> told = new TreeMap<>(after);
        told.put("endpoint", endpointId.toString());
        audit.record(actor, action, owner, before, told, null);
    }

    private void tellWhy(Actor actor, String action, String owner, UUID endpointId, String reason) {
        audit.record(actor, action, owner, Map.of(), Map.of("endpoint", endpointId.toString()), reason);
    }

    /** A URL's path may hold a token of its owner's; the audit log holds none. */
    private String origin(String url) {
        return switch (Target.of(url, settings.allowedOrigins())) {
            case Target.Origin origin -> Objects.requireNonNull(origin.origin());
            case Target.Refused refused -> "not usable";
        };
    }
}
