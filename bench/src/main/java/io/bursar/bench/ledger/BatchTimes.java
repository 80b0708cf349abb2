package io.bursar.bench.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** How long batches take: each has one connection, from before it is decided until it is committed. */
final class BatchTimes {
    private final Recorder recorder = new Recorder(3);

    DataSource of(DataSource target) {
        return proxy(DataSource.class, (method, arguments) -> {
            long begun = System.nanoTime();
            Object result = call(target, method, arguments);
            return result instanceof Connection connection ? timed(connection, begun) : result;
        });
    }

    /** Forgets what was before. */
    void reset() {
        recorder.reset();
    }

    double medianMilliseconds() {
        Histogram times = recorder.getIntervalHistogram();
        return times.getValueAtPercentile(50) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private Connection timed(Connection connection, long begun) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                recorder.recordValue(System.nanoTime() - begun);
            }
            return call(connection, method, arguments);
        });
    }

    private interface Handler {
        @Nullable
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> handler.handle(method, arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
