package io.bursar.platform;

import java.nio.file.Path;

/** Where Bursar keeps what it must not lose: {@code BURSAR_HOME}, {@code ./data} unless set. */
public record Home(Path path) {
    static Home from(Settings settings) {
        return new Home(
                Path.of(settings.text("BURSAR_HOME", "data")).toAbsolutePath().normalize());
    }
}
