package io.bursar;

import io.bursar.platform.Settings;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The product. {@link #start} is its one way in, for the command line, the demo and the tests alike: the environment
 * it runs in and the clock it lives by are handed to it, everything else it finds in its own packages.
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class Bursar {
    /**
     * Starts serving and returns once requests are accepted.
     *
     * @param environment settings by name, as {@code System.getenv()} has them; docs/OPERATING.md lists them
     * @throws RuntimeException when it cannot start; the root cause says why
     */
    public static ConfigurableApplicationContext start(Map<String, String> environment, Clock clock) {
        Settings settings = new Settings(environment);
        return new SpringApplicationBuilder(Bursar.class)
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean(Settings.class, () -> settings);
                    context.registerBean(Clock.class, () -> clock);
                })
                .run();
    }
}
