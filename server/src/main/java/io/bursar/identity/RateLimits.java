package io.bursar.identity;

import org.springframework.stereotype.Component;

/** Counts per class of route and client in one unlogged table, so that several nodes agree. */
@Component
public class RateLimits {
    /**
     * Takes one from the minute's allowance.
     *
     * @param routeClass what is counted, {@code pay-view}
     * @param client whom: an API key's id or a client address; stored hashed
     * @throws io.bursar.platform.ProblemException 429 {@code rate_limited} when the allowance is used up
     */
    public void take(String routeClass, String client, int perMinute) {
        throw new IllegalStateException("skeleton");
    }
}
