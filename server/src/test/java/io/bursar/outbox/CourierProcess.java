package io.bursar.outbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A node that does nothing but deliver, until it is killed.
 *
 * <p>Arguments: the database, the origin that is allowed, and how many seconds its clock goes ahead.
 */
final class CourierProcess {
    private static final long TICK_MS = 100;

    private CourierProcess() {}

    public static void main(String[] arguments) {
        OutboxFloor floor = OutboxFloor.join(arguments[0], arguments[1]);
        floor.floors().clock().forward(Duration.ofSeconds(Long.parseLong(arguments[2])));
        while (!Thread.interrupted()) {
            floor.sendDue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MS));
        }
    }
}
