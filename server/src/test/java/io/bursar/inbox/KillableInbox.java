package io.bursar.inbox;

import io.bursar.Bursar;
import io.bursar.jobs.Jobs;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ConfigurableApplicationContext;

/** The main of a whole Bursar in a JVM of its own, which is there to be killed. */
final class KillableInbox {
    static final String SERVING = "serving ";
    static final String APPLYING = "applying";

    private KillableInbox() {}

    static Map<String, String> settings(String home) {
        return Map.of(
                "PORT", "0",
                "BURSAR_HOME", home,
                "BURSAR_MODE", "development",
                "ENCRYPTION_KEY", Base64.getEncoder().encodeToString(new byte[32]),
                "FX_URL", "http://127.0.0.1:9/");
    }

    static void main(String[] arguments) throws InterruptedException {
        ConfigurableApplicationContext context = Bursar.start(settings(arguments[0]), Clock.systemUTC());
        Jobs jobs = context.getBean(Jobs.class);
        jobs.resume("apply-events");
        if (!arguments[1].equals(APPLYING)) {
            jobs.pause("apply-events", "test", "to be killed before anything is applied");
        }
        System.out.println(SERVING + context.getEnvironment().getRequiredProperty("local.server.port"));
        new CountDownLatch(1).await();
    }
}
