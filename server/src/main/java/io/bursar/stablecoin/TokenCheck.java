package io.bursar.stablecoin;

import io.bursar.platform.WorldFailedException;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.EvmRpc;
import io.bursar.stablecoin.evm.TokenProbe;
import io.bursar.stablecoin.evm.TokenSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Asks the tokens of a chain who they are, until each has said so. Looked at by many threads; none of them waits while
 * the watcher asks.
 */
final class TokenCheck {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final ChainSpec chain;
    private final TokenProbe probe;
    private final Clock clock;
    private final Map<Asset, TokenProbe.Verdict> verdicts = new ConcurrentHashMap<>();
    private volatile Instant nextAt = Instant.EPOCH;

    TokenCheck(EvmRpc rpc, Clock clock) {
        this.chain = rpc.chain();
        this.probe = new TokenProbe(rpc);
        this.clock = clock;
    }

    /** Asks whoever has not answered well yet, if it is time. */
    void ask() {
        if (clock.instant().isBefore(nextAt)) {
            return;
        }
        nextAt = clock.instant().plus(ASK_AGAIN);
        for (TokenSpec token : chain.tokens()) {
            if (!isReady(token.asset())) {
                verdicts.put(token.asset(), answered(probe.probe(token)));
            }
        }
    }

    private TokenProbe.Verdict answered(TokenProbe.Verdict verdict) {
        if (verdict instanceof TokenProbe.Verdict.Unavailable(var failure)) {
            nextAt = Instant.EPOCH;
            throw new WorldFailedException(
                    RpcChainReader.UNAVAILABLE, true, chain.name() + ": " + failure.errorCode(), null);
        }
        return verdict;
    }

    boolean isReady(Asset asset) {
        return verdicts.get(asset) instanceof TokenProbe.Verdict.Matches;
    }

    boolean anyReady() {
        return chain.tokens().stream().anyMatch(token -> isReady(token.asset()));
    }

    /** How the tokens that are there differ from what they must be; empty when none does. */
    Optional<String> difference() {
        String differences = verdicts.entrySet().stream()
                .filter(each -> each.getValue() instanceof TokenProbe.Verdict.Differs)
                .map(each -> each.getKey() + " " + words(each.getValue()))
                .collect(Collectors.joining("; "));
        return differences.isEmpty() ? Optional.empty() : Optional.of(differences);
    }

    Map<Asset, String> words() {
        Map<Asset, String> words = new EnumMap<>(Asset.class);
        verdicts.forEach((asset, verdict) -> words.put(asset, words(verdict)));
        return words;
    }

    private static String words(TokenProbe.Verdict verdict) {
        return switch (verdict) {
            case TokenProbe.Verdict.Matches _ -> "ready";
            case TokenProbe.Verdict.Absent _ -> "absent";
            case TokenProbe.Verdict.Unavailable _ -> "unavailable";
            case TokenProbe.Verdict.Differs(var differences) -> "differs: " + String.join(", ", differences);
        };
    }
}
