package io.bursar.stablecoin;

import io.bursar.platform.WorldFailedException;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.EvmRpc;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.FinalityHead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One enabled chain and what this node knows of it. What must not be lost is in the database; what is kept here is
 * only for looking at, and for pacing.
 */
final class ChainWatch {
    private static final Duration PAUSE_MAX = Duration.ofSeconds(15);

    private final EvmRpc rpc;
    private final ChainReader reader;
    private final TokenCheck tokens;
    private final WatchedAddresses addresses;
    private final Clock clock;

    private Pass.@Nullable View seen;
    private @Nullable String refusal;
    private @Nullable String failure;
    private @Nullable Instant lastSuccessAt;
    private Instant nextAt = Instant.EPOCH;
    private int failures;
    private boolean genesisChecked;

    ChainWatch(EvmRpc rpc, PaymentRequestStore requests, Clock clock) {
        this.rpc = rpc;
        this.reader = new RpcChainReader(rpc);
        this.tokens = new TokenCheck(rpc, clock);
        this.addresses = new WatchedAddresses(rpc.chain().id(), requests, clock);
        this.clock = clock;
    }

    ChainSpec chain() {
        return rpc.chain();
    }

    ChainReader reader() {
        return reader;
    }

    TokenCheck tokens() {
        return tokens;
    }

    WatchedAddresses addresses() {
        return addresses;
    }

    /** A chain that fails is left alone for a while that grows, so that it does not hold up the others. */
    synchronized boolean isDue() {
        return !clock.instant().isBefore(nextAt);
    }

    /** True when the chain had been failing. */
    synchronized boolean succeeded() {
        boolean recovered = failure != null;
        failure = null;
        failures = 0;
        nextAt = Instant.EPOCH;
        lastSuccessAt = clock.instant();
        return recovered;
    }

    /** True when the chain had been well. */
    synchronized boolean failed(WorldFailedException why) {
        boolean news = failure == null;
        // What answers after a break may be another chain.
        genesisChecked = false;
        failure = why.getMessage();
        long pause = 1L << Math.min(failures++, 10);
        nextAt = clock.instant().plusSeconds(Math.min(pause, PAUSE_MAX.toSeconds()));
        return news;
    }

    synchronized void saw(Pass.View view) {
        this.seen = view;
    }

    /** Null takes a refusal back. True when it is refused for something new. */
    synchronized boolean refuse(@Nullable String why) {
        boolean news = why != null && !why.equals(refusal);
        refusal = why;
        return news;
    }

    synchronized boolean genesisChecked() {
        return genesisChecked;
    }

    synchronized void genesisIsRight() {
        genesisChecked = true;
    }

    /** Empty when payments in the asset can be taken now. */
    synchronized Optional<String> refusal(Asset asset) {
        if (refusal != null) {
            return Optional.of(chain().name() + " is refused: " + refusal + ".");
        }
        return tokens.isReady(asset)
                ? Optional.empty()
                : Optional.of(asset + " is not available on " + chain().name() + " at the moment.");
    }

    /** As last seen; empty before the first look. */
    synchronized Optional<Heads> heads() {
        return Optional.ofNullable(seen).map(Pass.View::heads);
    }

    synchronized ChainStatus status() {
        var state = state();
        Optional<Pass.View> view = Optional.ofNullable(seen);
        Optional<Heads> heads = heads();
        Optional<FinalityHead> finalHead = heads.flatMap(Heads::finalized);
        return new ChainStatus(
                chain(),
                state,
                sentence(state),
                heads.map(each -> each.latest().number()).orElse(null),
                heads.map(each -> each.height(Finality.SAFE)).orElse(null),
                heads.map(each -> each.height(Finality.FINAL)).orElse(null),
                view.map(each -> each.scanned().height()).orElse(null),
                finalHead.filter(FinalityHead::byBlockCount).isPresent(),
                lastSuccessAt,
                tokens.words(),
                rpc.health());
    }

    private ChainStatus.State state() {
        if (refusal != null) {
            return ChainStatus.State.REFUSED;
        }
        if (failure != null) {
            return ChainStatus.State.RPC_DOWN;
        }
        if (lastSuccessAt == null) {
            return ChainStatus.State.STARTING;
        }
        return tokens.anyReady() ? ChainStatus.State.READY : ChainStatus.State.UNAVAILABLE;
    }

    private String sentence(ChainStatus.State state) {
        return switch (state) {
            case STARTING -> "Not asked yet.";
            case READY -> "Payments are watched for.";
            case UNAVAILABLE -> "None of its tokens is there yet. It is asked again every 5 seconds.";
            case REFUSED -> "Nothing is taken on it: " + refusal + ".";
            case RPC_DOWN -> "No endpoint answers (" + failure + "). Nothing is lost; watching goes on by itself.";
        };
    }
}
