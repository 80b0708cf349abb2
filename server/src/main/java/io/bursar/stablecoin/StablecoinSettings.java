package io.bursar.stablecoin;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Which chains payments are taken on, and for how long.
 *
 * @param endpoints of each chain by its id, credentials and all; none means that the chain is not enabled
 */
@ModuleSettings
record StablecoinSettings(Map<Long, List<URI>> endpoints, Duration requestLife) {
    @Autowired
    StablecoinSettings(Settings settings) {
        this(
                ChainRegistry.chains().stream()
                        .collect(Collectors.toMap(
                                ChainSpec::id, chain -> settings.secretUris("EVM_RPC_URLS_" + chain.id()))),
                Duration.ofMinutes(settings.number("PAYMENT_REQUEST_MINUTES", 15, 1, 1_440)));
    }

    List<URI> endpoints(ChainSpec chain) {
        return endpoints.getOrDefault(chain.id(), List.of());
    }

    @Override
    public String toString() {
        return "StablecoinSettings[" + requestLife + "]";
    }
}
