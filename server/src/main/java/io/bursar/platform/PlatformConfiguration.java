package io.bursar.platform;

import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    @Bean
    Home home(Settings settings) {
        return Home.from(settings);
    }

    @Bean
    PublicUrl publicUrl(Settings settings) {
        return PublicUrl.from(settings);
    }

    @Bean
    Database database(Settings settings, Home home) {
        return Database.open(settings, home);
    }

    @Bean(destroyMethod = "")
    DataSource dataSource(Database database) {
        return database.dataSource();
    }

    /** It never changes while anything runs: only an empty database is restored into. */
    @Bean
    Epoch epoch(DataSource dataSource) {
        return new EpochStore(JdbcClient.create(dataSource)).current();
    }

    @Bean
    Secrets secrets(Settings settings) {
        return new Secrets(settings.requiredKey("ENCRYPTION_KEY", Secrets.KEY_BYTES));
    }

    /** Once every module has read its settings, all problems are told at once, before the first request is served. */
    @Bean
    SmartInitializingSingleton settingsVerification(Settings settings) {
        return settings::verify;
    }
}
