package io.bursar.cli;

import io.bursar.identity.Operators;
import io.bursar.identity.SecondFactors;
import io.bursar.platform.Database;
import io.bursar.platform.PublicUrl;
import io.bursar.platform.Secrets;
import io.bursar.platform.Settings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The parts of identity that need no server. Only what is asked for is made, so nothing listens and no job runs. */
final class OperatorTools implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    OperatorTools(Database database, Settings settings, Clock clock) {
        DataSource dataSource = database.dataSource();
        JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
        Secrets secrets = Secrets.of(settings, dataSource);
        context.registerBean(Settings.class, () -> settings);
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(Secrets.class, () -> secrets);
        context.registerBean(PublicUrl.class, () -> PublicUrl.from(settings));
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        context.registerBean(JdbcTransactionManager.class, () -> transactions);
        context.registerBean(TransactionTemplate.class, () -> new TransactionTemplate(transactions));
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        context.scan("io.bursar.identity", "io.bursar.audit", "io.bursar.errorlog");
        context.refresh();
        context.getBean("identitySettings");
        settings.verifyRead();
    }

    Operators operators() {
        return context.getBean(Operators.class);
    }

    SecondFactors secondFactors() {
        return context.getBean(SecondFactors.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
