package io.bursar.errorlog;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class ErrorMeters implements ErrorListener {
    private final MeterRegistry metrics;

    ErrorMeters(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void recorded(ErrorEntry entry, Shape shape, @Nullable Throwable bug) {
        metrics.counter("bursar.errors", "code", entry.code()).increment();
    }
}
