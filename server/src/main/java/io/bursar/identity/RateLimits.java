package io.bursar.identity;

import io.bursar.platform.Problem;
import io.bursar.platform.Secrets;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Counts per class of route and client in one unlogged table, so that several nodes agree. Who is known is counted as
 * who they are and never by address, so that nobody can use up what belongs to somebody else.
 */
@Component
public class RateLimits {
    private static final int WINDOW_SECONDS = 60;
    private static final int REMEMBERED_MAX = 50_000;
    private static final int OFFENDERS_MAX = 50;

    private final RateLimitStore store;
    private final Refusals refusals;
    private final Secrets secrets;
    private final Clock clock;
    private final Map<Bucket, Allowance> allowances = new ConcurrentHashMap<>();

    private record Bucket(Instant minute, String routeClass, String client) {}

    RateLimits(RateLimitStore store, Refusals refusals, Secrets secrets, Clock clock) {
        this.store = store;
        this.refusals = refusals;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Takes one from the minute's allowance and tells the client how much is left.
     *
     * @param routeClass what is counted, {@code pay-view}
     * @param client a client address, or what else tells one client from another; stored hashed
     * @throws io.bursar.platform.ProblemException 429 {@code rate_limited} when the allowance is used up, 403 {@code
     *     client_refused} when an operator turned the client away
     */
    public void take(String routeClass, String client, int perMinute) {
        take(routeClass, client, null, perMinute);
    }

    /** The same for whoever calls with an API key. */
    void take(String routeClass, UUID credentialId, int perMinute) {
        take(routeClass, credentialId.toString(), credentialId, perMinute);
    }

    /** Who was refused since then, most often first. */
    public List<RateLimitOffender> offenders(Instant since) {
        return store.offenders(since, OFFENDERS_MAX);
    }

    private void take(String routeClass, String client, @Nullable UUID credentialId, int perMinute) {
        refusals.check(() -> digest(client));
        Instant now = clock.instant();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        var counted = new RateLimitStore.Counted(routeClass, credentialId, perMinute);
        Allowance.Count count = more -> store.take(counted, digest(client), minute, more);
        int used = allowance(new Bucket(minute, routeClass, client)).take(perMinute, count);
        int seconds =
                (int) Duration.between(now, minute.plus(1, ChronoUnit.MINUTES)).toSeconds() + 1;
        tell(routeClass, perMinute, Math.max(0, perMinute - used), seconds);
        if (used > perMinute) {
            throw new Problem(
                            429,
                            "rate_limited",
                            "Too many requests: %d a minute are allowed here. Try again in %d seconds."
                                    .formatted(perMinute, seconds),
                            Map.of("retryAfterSeconds", seconds))
                    .asException();
        }
    }

    private byte[] digest(String client) {
        return secrets.digest("rate-limit", client);
    }

    /** What does not fit into memory is asked of the database each time. */
    private Allowance allowance(Bucket bucket) {
        Allowance known = allowances.get(bucket);
        if (known != null) {
            return known;
        }
        if (allowances.size() >= REMEMBERED_MAX) {
            allowances.keySet().removeIf(other -> other.minute().isBefore(bucket.minute()));
        }
        return allowances.size() >= REMEMBERED_MAX
                ? new Allowance()
                : allowances.computeIfAbsent(bucket, _ -> new Allowance());
    }

    /** As draft-ietf-httpapi-ratelimit-headers has it, and as its first versions had it, which more clients know. */
    private static void tell(String policy, int limit, int remaining, int resetSeconds) {
        HttpServletResponse response =
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                        ? request.getResponse()
                        : null;
        if (response != null) {
            response.setHeader("RateLimit-Policy", '"' + policy + "\";q=" + limit + ";w=" + WINDOW_SECONDS);
            response.setHeader("RateLimit", '"' + policy + "\";r=" + remaining + ";t=" + resetSeconds);
            response.setHeader("RateLimit-Limit", Integer.toString(limit));
            response.setHeader("RateLimit-Remaining", Integer.toString(remaining));
            response.setHeader("RateLimit-Reset", Integer.toString(resetSeconds));
        }
    }
}
