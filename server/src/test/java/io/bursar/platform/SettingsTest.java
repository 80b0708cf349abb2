package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void what_is_not_given_has_its_default() {
        Settings settings = new Settings(Map.of("EMPTY", "  "));
        assertThat(settings.number("PORT", 8080, 0, 65_535)).isEqualTo(8080);
        assertThat(settings.text("EMPTY", "fallback")).isEqualTo("fallback");
        assertThat(settings.uris("ORIGINS")).isEmpty();
        settings.verify();
    }

    @Test
    void lists_of_addresses_are_separated_by_commas() {
        Settings settings = new Settings(Map.of("RPC", "https://a.example , http://b.example:1"));
        assertThat(settings.uris("RPC"))
                .containsExactly(URI.create("https://a.example"), URI.create("http://b.example:1"));
    }

    @Test
    void every_problem_is_told_at_once_and_no_secret_with_it() {
        Settings settings = new Settings(Map.of(
                "PORT", "many", "ENCRYPTION_KEY", "c2hvcnQ=", "RPC", "https://", "BURSAR_TYPO", "1", "PATH", "/"));
        settings.number("PORT", 8080, 0, 65_535);
        settings.requiredKey("ENCRYPTION_KEY", 32);
        settings.uris("RPC");
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class, settings::verify);
        assertThat(refused.problems()).hasSize(4);
        assertThat(refused).hasMessageContaining("BURSAR_TYPO").hasMessageNotContaining("c2hvcnQ=");
    }

    @Test
    void a_missing_key_says_how_to_make_one() {
        Settings settings = new Settings(Map.of());
        settings.requiredKey("ENCRYPTION_KEY", 32);
        assertThatThrownBy(settings::verify).hasMessageContaining("openssl rand -base64 32");
    }

    @Test
    void secrets_are_masked_where_settings_are_shown() {
        Settings settings = new Settings(Map.of("DATABASE_URL", "postgres://u:hush@db/bursar"));
        settings.secret("DATABASE_URL");
        assertThat(settings.effective().toString()).doesNotContain("hush");
    }
}
