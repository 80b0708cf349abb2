package io.bursar.platform;

import javax.sql.DataSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PlatformConfiguration {
    @Bean
    Home home(PlatformSettings settings) {
        return settings.database().home();
    }

    @Bean
    PublicUrl publicUrl(PlatformSettings settings) {
        return settings.publicUrl();
    }

    @Bean
    Database database(PlatformSettings settings, AllSettings verified) {
        return Database.open(settings.database());
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
    Secrets secrets(PlatformSettings settings, DataSource dataSource) {
        return Secrets.of(settings.keys(), dataSource);
    }

    @Bean
    SealedColumn digestKey() {
        return DigestKeyStore.PLACE;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> address(PlatformSettings settings) {
        return tomcat -> {
            tomcat.setPort(settings.port());
            tomcat.setAddress(settings.bindAddress());
        };
    }
}
