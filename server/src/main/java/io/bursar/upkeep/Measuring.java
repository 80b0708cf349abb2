package io.bursar.upkeep;

import io.bursar.platform.Measurement;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Asks every {@link Measurement} now and then, so that metrics have numbers nobody has to wait for. */
@Component
class Measuring implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Measuring.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final double UNKNOWN = Double.NaN;

    private final List<Measurement> measurements;
    private final Map<String, Number> measured = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("measuring").factory());
    private volatile boolean running;

    Measuring(List<Measurement> measurements, MeterRegistry metrics) {
        this.measurements = measurements;
        for (Measurement each : measurements) {
            Gauge.builder(each.name(), () -> measured.getOrDefault(each.name(), UNKNOWN))
                    .description(each.description())
                    .register(metrics);
        }
    }

    @Override
    public void start() {
        running = true;
        var _ = ticks.scheduleWithFixedDelay(this::measure, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        running = false;
        ticks.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void measure() {
        for (Measurement each : measurements) {
            try {
                measured.put(each.name(), each.question().ask());
            } catch (RuntimeException away) {
                measured.remove(each.name());
                LOG.debug("{} could not be measured", each.name(), away);
            }
        }
    }
}
