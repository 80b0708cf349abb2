package io.bursar.inbox;

import io.bursar.consolespi.ConsoleSection;
import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.BodyAllowance;
import io.bursar.platform.Gate;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class InboxConfiguration {
    @Bean
    BodyAllowance eventBodies() {
        return new BodyAllowance(InboxDoor.PATH, Bodies.EVENT_BYTES_MAX);
    }

    @Bean
    Bodies bodies() {
        return new Bodies(System::nanoTime);
    }

    @Bean
    Gate eventsInGate() {
        return ApplyEvents.GATE;
    }

    @Bean
    ConsoleSection eventsSection() {
        return new ConsoleSection(ConsoleSection.Group.OPERATE, "Events in", EventsPage.PATH, 405);
    }

    /** Fails when two handlers want the events of one provider. */
    @Bean
    Workbench workbench(
            WorkStore store,
            ObjectProvider<EventHandler<?>> handlers,
            TransactionTemplate transactions,
            ErrorLog errors,
            Clock clock) {
        Map<String, EventHandler<?>> byProvider =
                handlers.stream().collect(Collectors.toMap(EventHandler::provider, Function.identity()));
        return new Workbench(store, byProvider, transactions, errors, clock);
    }
}
