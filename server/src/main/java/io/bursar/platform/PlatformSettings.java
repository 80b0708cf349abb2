package io.bursar.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Autowired;

/** Where this node keeps its things, listens and is reached, and what it seals secrets with. */
@ModuleSettings
record PlatformSettings(
        DatabaseSettings database, int port, InetAddress bindAddress, PublicUrl publicUrl, Secrets.Keys keys) {
    @Autowired
    PlatformSettings(Settings settings) {
        this(settings, port(settings));
    }

    private PlatformSettings(Settings settings, int port) {
        this(
                DatabaseSettings.from(settings),
                port,
                bindAddress(settings),
                PublicUrl.from(settings, port),
                Secrets.Keys.from(settings));
    }

    static int port(Settings settings) {
        return settings.number("PORT", 8080, 0, 65_535);
    }

    private static InetAddress bindAddress(Settings settings) {
        String address = settings.text("BIND_ADDRESS", "127.0.0.1");
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            settings.problem("BIND_ADDRESS: %s (expected: an address of this machine)".formatted(address));
            return InetAddress.getLoopbackAddress();
        }
    }
}
