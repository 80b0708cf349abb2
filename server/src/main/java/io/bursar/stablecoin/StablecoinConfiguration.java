package io.bursar.stablecoin;

import io.bursar.platform.SealedColumn;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StablecoinConfiguration {
    static final SealedColumn WALLET_SEED = new SealedColumn("stablecoin.wallet_seed", "id", "sealed");

    @Bean
    SealedColumn walletSeed() {
        return WALLET_SEED;
    }
}
