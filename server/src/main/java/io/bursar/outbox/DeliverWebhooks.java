package io.bursar.outbox;

import io.bursar.platform.Gate;
import io.bursar.platform.Job;
import java.time.Duration;
import org.springframework.stereotype.Component;

@Component
class DeliverWebhooks implements Job {
    static final Gate GATE = Gate.leadingOutward(
            "webhooks-out", "Webhooks out", "Nothing is delivered. Events are kept, and their deliveries wait.");

    private final Courier courier;

    DeliverWebhooks(Courier courier) {
        this.courier = courier;
    }

    @Override
    public String name() {
        return "deliver-webhooks";
    }

    @Override
    public String purpose() {
        return "Sends webhooks whose next attempt is due, and what another node left.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        courier.sendDue();
    }
}
