package io.bursar.upkeep;

import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.platform.Problem;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What this node counts, for a Prometheus that shows the token of {@code METRICS_TOKEN}. Without that setting there is
 * no such page: figures tell strangers more than they look.
 */
@RestController
@Access(Principal.Public.class)
class MetricsApi {
    private static final String SCHEME = "Bearer ";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry metrics;
    private final Optional<String> token;

    MetricsApi(PrometheusMeterRegistry metrics, UpkeepSettings settings) {
        this.metrics = metrics;
        this.token = settings.metricsToken();
    }

    @GetMapping("/api/metrics")
    ResponseEntity<String> metrics(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        String expected =
                SCHEME + token.orElseThrow(() -> Problem.notFound("page").asException());
        if (authorization == null || !same(authorization, expected)) {
            throw Problem.of(401, "unauthorized", "This needs the token of METRICS_TOKEN.")
                    .asException();
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("Content-Type", TEXT)
                .body(metrics.scrape());
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
