package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.EvmRpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The chains that payments are taken on: those that {@code EVM_RPC_URLS_<chainId>} names an endpoint of. */
@Component
public class Chains implements ChainAvailability {
    private final List<ChainWatch> watches = new ArrayList<>();

    Chains(StablecoinSettings settings, PaymentRequestStore requests, Clock clock) {
        HttpClient http = EvmRpc.httpClient();
        for (ChainSpec chain : ChainRegistry.chains()) {
            List<URI> urls = settings.endpoints(chain);
            if (!urls.isEmpty()) {
                watches.add(new ChainWatch(new EvmRpc(chain, urls, http, clock), requests, clock));
            }
        }
    }

    List<ChainWatch> watches() {
        return List.copyOf(watches);
    }

    /** Of all enabled chains, in the registry's order. */
    public List<ChainStatus> statuses() {
        return watches.stream().map(ChainWatch::status).toList();
    }

    /** Empty when the chain is not enabled. */
    public Optional<ChainStatus> status(long chainId) {
        return watch(chainId).map(ChainWatch::status);
    }

    /** How far the chain has come; empty when that is not known on this node. */
    Optional<Heads> heads(long chainId) {
        return watch(chainId).flatMap(ChainWatch::heads);
    }

    @Override
    public Optional<String> refusal(long chainId, Asset asset) {
        return watch(chainId)
                .map(watch -> watch.refusal(asset))
                .orElseGet(() -> Optional.of("No endpoint is configured for chain %d.".formatted(chainId)));
    }

    private Optional<ChainWatch> watch(long chainId) {
        return watches.stream().filter(each -> each.chain().id() == chainId).findFirst();
    }
}
