package io.bursar.identity;

import io.bursar.platform.Problem;
import io.bursar.shared.Check;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a request that changes something safe to repeat. The answer is kept in the transaction of the change, so there
 * is never one without the other. Only what worked is kept: a refusal changed nothing, and asking again may succeed.
 *
 * <p>Of several requests with one key, one works. The others look again every few milliseconds instead of waiting
 * inside the database, where each would hold one of few connections.
 */
@Component
public class IdempotentRequests {
    public static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(25);

    private final IdempotencyStore store;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;

    IdempotentRequests(IdempotencyStore store, TransactionTemplate transaction, JsonMapper json, Clock clock) {
        this.store = store;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /** For handlers: takes key and route from the request and keeps whatever entity the work answers with. */
    public <T> ResponseEntity<String> once(
            Principal.PartnerKey caller,
            HttpServletRequest request,
            byte @Nullable [] body,
            Supplier<ResponseEntity<T>> work) {
        String route = request.getMethod() + " " + request.getRequestURI();
        byte[] content = body == null ? new byte[0] : body;
        return once(caller.credentialId(), request.getHeader(HEADER), route, content, () -> kept(work.get()))
                .entity();
    }

    /**
     * Runs the work in a transaction, once per key.
     *
     * @param key as the caller sent it; without one the work just runs
     * @param route method and path, which count as content like the body
     * @throws io.bursar.platform.ProblemException 422 {@code idempotency_key_invalid}, 409 {@code
     *     idempotency_key_reused}, 409 {@code idempotency_in_progress}, and whatever the work refuses with
     */
    public IdempotentResponse once(
            UUID credentialId, @Nullable String key, String route, byte[] body, Supplier<IdempotentResponse> work) {
        Check.that(
                !TransactionSynchronizationManager.isActualTransactionActive(),
                "%s: inside a transaction (expected: none, the answer commits with the change)",
                route);
        if (key == null) {
            return transaction.execute(status -> run(work, status));
        }
        return awaited(new KeyedRequest(credentialId, checked(HEADER, key), digest(route, body)), work);
    }

    /**
     * The key of a request that cannot do without.
     *
     * @throws io.bursar.platform.ProblemException 422 {@code idempotency_key_required}, {@code idempotency_key_invalid}
     */
    public static String requiredKey(HttpServletRequest request) {
        String key = request.getHeader(HEADER);
        if (key == null) {
            throw Problem.field(
                            HEADER,
                            "idempotency_key_required",
                            "This moves money: give it an Idempotency-Key, so that it can be repeated safely.")
                    .asException();
        }
        return checked(HEADER, key);
    }

    /** A key as a caller may write it, wherever it stands. */
    public static String checked(String field, String key) {
        if (!KEY.matcher(key).matches()) {
            throw Problem.field(
                            field,
                            "idempotency_key_invalid",
                            "An idempotency key must have 1 to 255 visible ASCII characters.")
                    .asException();
        }
        return key;
    }

    private IdempotentResponse awaited(KeyedRequest request, Supplier<IdempotentResponse> work) {
        long started = System.nanoTime();
        do {
            Optional<IdempotentResponse> answer = transaction.execute(status -> attempt(request, work, status));
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
        } while (System.nanoTime() - started < WAIT_MAX.toNanos());
        throw new Problem(
                        409,
                        "idempotency_in_progress",
                        "A request with this Idempotency-Key is being worked on. Ask again in a moment.",
                        Map.of("retryAfterSeconds", 1))
                .asException();
    }

    /** Empty while another request with this key is at work. */
    private Optional<IdempotentResponse> attempt(
            KeyedRequest request, Supplier<IdempotentResponse> work, TransactionStatus status) {
        if (!store.lock(request)) {
            return Optional.empty();
        }
        Optional<IdempotencyStore.Kept> known = store.find(request);
        if (known.isPresent()) {
            return Optional.of(replay(known.get(), request));
        }
        IdempotentResponse answer = run(work, status);
        if (answer.successful()) {
            store.insert(request, answer, clock.instant());
        }
        return Optional.of(answer);
    }

    private static IdempotentResponse run(Supplier<IdempotentResponse> work, TransactionStatus status) {
        IdempotentResponse answer = work.get();
        if (!answer.successful()) {
            status.setRollbackOnly();
        }
        return answer;
    }

    private static IdempotentResponse replay(IdempotencyStore.Kept known, KeyedRequest request) {
        if (!known.contentDigest().equals(request.contentDigest())) {
            throw Problem.of(
                            409,
                            "idempotency_key_reused",
                            "This Idempotency-Key was used for another request. Use a new key for new content.")
                    .asException();
        }
        return known.answer();
    }

    private <T> IdempotentResponse kept(ResponseEntity<T> answer) {
        URI location = answer.getHeaders().getLocation();
        T body = answer.getBody();
        return new IdempotentResponse(
                answer.getStatusCode().value(),
                body == null ? "" : json.writeValueAsString(body),
                location == null ? null : location.toString(),
                false);
    }

    private static String digest(String route, byte[] body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(route.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return HexFormat.of().formatHex(sha256.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
