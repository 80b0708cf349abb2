package io.bursar.cli;

import java.time.Duration;
import org.springframework.boot.SpringApplication;

/**
 * What SIGTERM and SIGINT come to. Spring's hook closes the context: that stops accepting, lets requests finish, then
 * jobs, then the ledger post what it took, then closes the database. Each has a limit of its own, and all together have
 * {@link #MAX}. Whoever started the process learns from its exit code how it went: 0 in order, 1 cut off. Nothing
 * acknowledged is lost either way.
 */
final class OrderlyStop {
    /** Less than the 30 seconds after which those who sent the signal usually kill. */
    private static final Duration MAX = Duration.ofSeconds(28);

    private static final int IN_ORDER = 0;
    private static final int CUT_OFF = 1;

    private OrderlyStop() {}

    /** To be called once everything serves. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(OrderlyStop::limit, "orderly stop"));
        // These run when the contexts are closed. Without it the exit code would be that of the signal.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(IN_ORDER));
    }

    private static void limit() {
        Thread.ofPlatform().daemon().name("stop limit").start(OrderlyStop::cutOff);
    }

    private static void cutOff() {
        try {
            Thread.sleep(MAX);
        } catch (InterruptedException sooner) {
            // Then so be it.
        }
        System.err.println("Stopping took longer than " + MAX.toSeconds() + " s and was cut off.");
        Runtime.getRuntime().halt(CUT_OFF);
    }
}
