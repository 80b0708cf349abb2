package io.bursar.upkeep;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.platform.Retention;
import io.bursar.platform.RetentionStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class UpkeepConfiguration {
    private static final Duration PURGES_KEPT = Duration.ofDays(400);

    @Bean
    PurgeSettings purgeSettings(UpkeepSettings settings) {
        return settings.purge();
    }

    @Bean
    Purge purge(
            List<Retention> retentions,
            PurgeStore store,
            TransactionTemplate transactions,
            PurgeSettings settings,
            Clock clock) {
        return new Purge(retentions, store, transactions, settings, clock);
    }

    @Bean
    Retention purgeRetention(RetentionStore rows) {
        return rows.rows("upkeep.purge", "Records of purges", PURGES_KEPT, "requested_at");
    }

    @Bean
    ConsoleSection retentionSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Retention", RetentionPage.PATH, 912);
    }
}
