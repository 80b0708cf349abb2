package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.EndpointHealth;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one enabled chain is doing on this node.
 *
 * @param sentence for people, what the state means here
 * @param head height of the chain as last told by an endpoint
 * @param safe height up to which payments are safe; null also while nobody needs it
 * @param finalized height up to which payments are final
 * @param scanned height up to which every payment to us is known
 * @param finalityByBlockCount the endpoints know no finality tag, so blocks are counted instead
 * @param tokens what the token contracts answered, in words: {@code ready}, {@code absent}, or how they differ
 */
public record ChainStatus(
        ChainSpec chain,
        State state,
        String sentence,
        @Nullable Long head,
        @Nullable Long safe,
        @Nullable Long finalized,
        @Nullable Long scanned,
        boolean finalityByBlockCount,
        @Nullable Instant lastSuccessAt,
        Map<Asset, String> tokens,
        List<EndpointHealth> endpoints) {

    public enum State {
        /** Not asked yet. */
        STARTING,
        /** Watched. */
        READY,
        /** No token of ours is there yet; asked again every few seconds. */
        UNAVAILABLE,
        /** It is another chain, or other tokens, than configured. Nothing is taken on it. */
        REFUSED,
        /** No endpoint answers. Nothing is lost; watching goes on by itself. */
        RPC_DOWN
    }

    public ChainStatus {
        tokens = Map.copyOf(tokens);
        endpoints = List.copyOf(endpoints);
    }

    /** How many blocks are still to be read; null while that is unknown. */
    public @Nullable Long lag() {
        return head == null || scanned == null ? null : Long.valueOf(Math.max(0, head - scanned));
    }
}
