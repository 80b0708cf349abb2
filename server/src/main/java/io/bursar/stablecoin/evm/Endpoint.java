package io.bursar.stablecoin.evm;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One URL: asks, reads, and remembers how it went. An endpoint of another chain is never listened to. */
final class Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    /** After a failure others are asked first for this long. */
    static final Duration COOL_DOWN = Duration.ofSeconds(10);

    /** A rejected tag is tried again after this long, for nodes are upgraded. */
    static final Duration TAG_RECHECK = Duration.ofHours(1);

    private static final Set<RpcFailure.Kind> SAYS_NOTHING_OF_HEALTH =
            EnumSet.of(RpcFailure.Kind.RPC_ERROR, RpcFailure.Kind.RESPONSE_TOO_LARGE, RpcFailure.Kind.INTERRUPTED);

    private final EndpointUrl url;
    private final JsonRpcHttp transport;
    private final long chainId;
    private final Clock clock;
    private final LogSpan logSpan = new LogSpan();
    private final Map<Finality, Instant> tagRejections = new EnumMap<>(Finality.class);

    private boolean chainVerified;
    private boolean failing;
    private @Nullable Instant lastSuccess;
    private @Nullable Instant lastFailure;
    private @Nullable String lastErrorCode;
    private @Nullable Duration latency;

    Endpoint(URI uri, long chainId, HttpClient http, Clock clock, Duration timeout) {
        this.url = new EndpointUrl(uri);
        this.transport = new JsonRpcHttp(url, http, timeout);
        this.chainId = chainId;
        this.clock = clock;
    }

    <T> RpcAnswer<T> answer(Query<T> query) {
        return isChainVerified() ? exchange(query) : verifyChain().then(_ -> exchange(query));
    }

    /** Also without the check that it is the right chain, for who wants to know which it is. */
    <T> RpcAnswer<T> exchange(Query<T> query) {
        var started = System.nanoTime();
        var answer = read(query, transport.ask(query));
        if (answer instanceof RpcAnswer.Unavailable<T>(var failure)) {
            noteFailure(failure);
        } else {
            noteSuccess(Duration.ofNanos(System.nanoTime() - started));
        }
        return answer;
    }

    private static <T> RpcAnswer<T> read(Query<T> query, JsonRpcHttp.Reply reply) {
        return switch (reply) {
            case JsonRpcHttp.Reply.None() -> query.isLookup() ? new RpcAnswer.Absent<>() : malformed(query, "null");
            case JsonRpcHttp.Reply.Failed(var failure) -> new RpcAnswer.Unavailable<>(failure);
            case JsonRpcHttp.Reply.Result(var value) -> {
                try {
                    yield new RpcAnswer.Answered<>(query.decode().apply(value));
                } catch (MalformedAnswer malformed) {
                    yield malformed(query, malformed.getMessage());
                }
            }
        };
    }

    private static <T> RpcAnswer<T> malformed(Query<T> query, @Nullable String problem) {
        return new RpcAnswer.Unavailable<>(
                new RpcFailure(RpcFailure.Kind.MALFORMED, 0, query.method() + ": " + problem));
    }

    private RpcAnswer<Boolean> verifyChain() {
        var query = Query.chainId();
        var verified = read(query, transport.ask(query)).<Boolean>then(actual -> {
            var problem = "chain id: " + actual + " (expected: " + chainId + ")";
            return actual == chainId
                    ? new RpcAnswer.Answered<>(true)
                    : new RpcAnswer.Unavailable<>(new RpcFailure(RpcFailure.Kind.WRONG_CHAIN, 0, problem));
        });
        if (verified instanceof RpcAnswer.Unavailable<Boolean>(var failure)) {
            noteFailure(failure);
        } else {
            noteChainVerified();
        }
        return verified;
    }

    LogSpan logSpan() {
        return logSpan;
    }

    synchronized boolean isCooling() {
        return failing && lastFailure != null && clock.instant().isBefore(lastFailure.plus(COOL_DOWN));
    }

    synchronized boolean rejectsTag(Finality tier) {
        var rejected = tagRejections.get(tier);
        return rejected != null && clock.instant().isBefore(rejected.plus(TAG_RECHECK));
    }

    synchronized void noteTagRejected(Finality tier) {
        if (tagRejections.put(tier, clock.instant()) == null) {
            LOG.warn(
                    "RPC endpoint {} of chain {} rejects the tag of {}: block counts are used instead",
                    url,
                    chainId,
                    tier);
        }
    }

    synchronized void noteTagKnown(Finality tier) {
        tagRejections.remove(tier);
    }

    synchronized EndpointHealth health() {
        return new EndpointHealth(
                url.masked(),
                lastSuccess,
                lastFailure,
                lastErrorCode,
                latency,
                logSpan.blocks(),
                Set.copyOf(tagRejections.keySet()));
    }

    private synchronized boolean isChainVerified() {
        return chainVerified;
    }

    private synchronized void noteChainVerified() {
        chainVerified = true;
    }

    private synchronized void noteSuccess(Duration took) {
        if (failing) {
            LOG.info("RPC endpoint {} of chain {} answers again", url, chainId);
        }
        failing = false;
        lastSuccess = clock.instant();
        latency = took;
    }

    private synchronized void noteFailure(RpcFailure failure) {
        lastFailure = clock.instant();
        lastErrorCode = failure.errorCode();
        if (SAYS_NOTHING_OF_HEALTH.contains(failure.kind())) {
            return;
        }
        if (!failing) {
            LOG.warn("RPC endpoint {} of chain {} fails: {}", url, chainId, failure.errorCode());
        }
        failing = true;
        // What comes back after a break may be another node, so it is asked again who it is.
        chainVerified = false;
    }
}
