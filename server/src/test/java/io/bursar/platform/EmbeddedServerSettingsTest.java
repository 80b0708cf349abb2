package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EmbeddedServerSettingsTest {
    @ParameterizedTest(name = "{0} GB give {1}")
    @CsvSource({"1, 128MB", "4, 256MB", "8, 512MB", "16, 1024MB", "64, 1024MB"})
    void buffers_take_a_sixteenth_of_the_machine_within_bounds(long gigabytes, String buffers) {
        assertThat(EmbeddedServerSettings.buffers(gigabytes << 30)).isEqualTo(buffers);
    }
}
