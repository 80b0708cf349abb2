package io.bursar.identity;

import io.bursar.platform.Problem;
import io.bursar.platform.Secrets;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Counts per class of route and client in one unlogged table, so that several nodes agree. */
@Component
public class RateLimits {
    private final RateLimitStore store;
    private final Secrets secrets;
    private final Clock clock;

    RateLimits(RateLimitStore store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Takes one from the minute's allowance and tells the client how much is left.
     *
     * @param routeClass what is counted, {@code pay-view}
     * @param client whom: an API key's id or a client address; stored hashed
     * @throws io.bursar.platform.ProblemException 429 {@code rate_limited} when the allowance is used up
     */
    public void take(String routeClass, String client, int perMinute) {
        Instant now = clock.instant();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        int taken = store.take(routeClass, secrets.digest("rate-limit", client), minute);
        int seconds =
                (int) Duration.between(now, minute.plus(1, ChronoUnit.MINUTES)).toSeconds() + 1;
        tell(perMinute, Math.max(0, perMinute - taken), seconds);
        if (taken > perMinute) {
            throw new Problem(
                            429,
                            "rate_limited",
                            "Too many requests: %d a minute are allowed here. Try again in %d seconds."
                                    .formatted(perMinute, seconds),
                            Map.of("retryAfterSeconds", seconds))
                    .asException();
        }
    }

    private static void tell(int limit, int remaining, int resetSeconds) {
        HttpServletResponse response =
                RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                        ? request.getResponse()
                        : null;
        if (response != null) {
            response.setHeader("RateLimit-Limit", Integer.toString(limit));
            response.setHeader("RateLimit-Remaining", Integer.toString(remaining));
            response.setHeader("RateLimit-Reset", Integer.toString(resetSeconds));
        }
    }
}
