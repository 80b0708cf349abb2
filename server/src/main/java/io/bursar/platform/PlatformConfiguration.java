package io.bursar.platform;

import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

    @Bean
    Secrets secrets(Settings settings, DataSource dataSource) {
        return Secrets.of(settings, dataSource);
    }

    @Bean
    SealedColumn digestKey() {
        return DigestKeyStore.PLACE;
    }

    /** Once every module has read its settings, all problems are told at once, before the first request is served. */
    @Bean
    SmartInitializingSingleton settingsVerification(Settings settings) {
        return settings::verify;
    }
}
