package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmbeddedServerSettingsTest {
    @ParameterizedTest(name = "{0} GB give {1}")
    @CsvSource({"1, 128MB", "4, 512MB", "8, 1024MB", "16, 2048MB", "64, 4096MB"})
    void buffers_take_an_eighth_of_the_machine_within_bounds(long gigabytes, String buffers) {
        assertThat(EmbeddedServerSettings.buffers(gigabytes << 30)).isEqualTo(buffers);
    }

    @ParameterizedTest(name = "{0} GB give {1}")
    @CsvSource({"8, 1024MB", "20, 1280MB", "100, 6400MB", "1000, 8192MB"})
    void the_log_takes_a_sixteenth_of_the_disk_within_bounds(long gigabytes, String log) {
        assertThat(EmbeddedServerSettings.log(gigabytes << 30)).isEqualTo(log);
    }
}
