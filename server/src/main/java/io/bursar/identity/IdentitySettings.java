package io.bursar.identity;

import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** What identity is told at the start. The password is here only until the first operator exists. */
@ModuleSettings
record IdentitySettings(
        Mode mode,
        Optional<String> adminEmail,
        Optional<String> adminPassword,
        Optional<String> cronSecret,
        List<IpAddressMatcher> trustedProxies,
        int apiCallsPerMinute,
        int ledgerCallsPerMinute) {

    private static final int CRON_SECRET_MIN = 24;

    enum Mode {
        PRODUCTION(5, 60),
        DEVELOPMENT(50, 100_000);

        private final int signInsPerMinute;

        private final int strangersPerMinute;

        Mode(int signInsPerMinute, int strangersPerMinute) {
            this.signInsPerMinute = signInsPerMinute;
            this.strangersPerMinute = strangersPerMinute;
        }

        int signInsPerMinute() {
            return signInsPerMinute;
        }

        /** Calls of the API from one address without a valid key. */
        int strangersPerMinute() {
            return strangersPerMinute;
        }
    }

    @Autowired
    IdentitySettings(Settings settings) {
        this(
                mode(settings),
                settings.text("BURSAR_ADMIN_EMAIL"),
                settings.secret("BURSAR_ADMIN_PASSWORD"),
                settings.secret("CRON_SECRET"),
                trustedProxies(settings),
                settings.number("API_CALLS_PER_MINUTE", 600, 1, 1_000_000),
                settings.number("LEDGER_CALLS_PER_MINUTE", 60_000, 1, 100_000_000));
        if (adminEmail.isPresent() != adminPassword.isPresent()) {
            settings.problem(
                    "BURSAR_ADMIN_EMAIL and BURSAR_ADMIN_PASSWORD belong together (expected: both or neither)");
        }
        if (cronSecret.filter(secret -> secret.length() < CRON_SECRET_MIN).isPresent()) {
            settings.problem("CRON_SECRET: too short (expected: at least " + CRON_SECRET_MIN + " random characters)");
        }
    }

    private static Mode mode(Settings settings) {
        String mode = settings.text("BURSAR_MODE", "production");
        return switch (mode) {
            case "production" -> Mode.PRODUCTION;
            case "development" -> Mode.DEVELOPMENT;
            default -> {
                settings.problem("BURSAR_MODE: %s (expected: production or development)".formatted(mode));
                yield Mode.PRODUCTION;
            }
        };
    }

    private static List<IpAddressMatcher> trustedProxies(Settings settings) {
        return Arrays.stream(settings.text("TRUSTED_PROXIES", "").split(","))
                .map(String::strip)
                .filter(proxy -> !proxy.isEmpty())
                .flatMap(proxy -> matcher(settings, proxy).stream())
                .toList();
    }

    private static Optional<IpAddressMatcher> matcher(Settings settings, String proxy) {
        try {
            // Only literals: a name would be looked up, and could then mean anyone.
            InetAddress.ofLiteral(proxy.split("/", 2)[0]);
            return Optional.of(new IpAddressMatcher(proxy));
        } catch (IllegalArgumentException notAnAddress) {
            settings.problem(
                    "TRUSTED_PROXIES: %s (expected: addresses or networks such as 10.0.0.0/8)".formatted(proxy));
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "IdentitySettings[" + mode + "]";
    }
}
