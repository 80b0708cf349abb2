package io.bursar.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void a_name_that_is_a_slip_away_from_one_of_ours_is_refused_with_what_was_meant() {
        for (String typed : List.of("DATABSE_URL", "DATABASE_URI", "DATABASEURL", "BURSAR_DATABASE_URL")) {
            Settings settings = new Settings(Map.of(typed, "x"));
            settings.secret("DATABASE_URL");
            assertThat(settings.problems()).as(typed).singleElement().asString().startsWith(typed + " is no setting");
        }
        Settings swapped = new Settings(Map.of("DATABASE_ULR", "x"));
        swapped.secret("DATABASE_URL");
        assertThat(swapped.problems())
                .containsExactly("DATABASE_ULR is no setting of Bursar (did you mean DATABASE_URL?)");
    }

    @Test
    void names_that_others_put_into_the_environment_are_left_alone() {
        Settings settings = new Settings(Map.of(
                "HOST",
                "x",
                "SPORT",
                "x",
                "DATABASE_HOST",
                "x",
                "PATH",
                "/",
                "DATABASE_URI",
                "x",
                "DATABASE_URL",
                "y",
                "BURSAR_SERVICE_HOST",
                "10.0.0.7",
                "BURSAR_PORT_8080_TCP_ADDR",
                "10.0.0.7",
                "BURSAR_PORT",
                "tcp://10.0.0.7:8080"));
        settings.secret("DATABASE_URL");
        settings.number("PORT", 1, 0, 2);
        settings.secret("EVM_RPC_URLS_1");
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void a_chain_that_is_not_known_is_refused_though_others_are_set() {
        Settings settings = new Settings(Map.of("EVM_RPC_URLS_1", "https://a", "EVM_RPC_URLS_424242", "https://b"));
        settings.secretUris("EVM_RPC_URLS_1");
        assertThat(settings.problems()).singleElement().asString().startsWith("EVM_RPC_URLS_424242 is no setting");
    }

    @Test
    void a_file_gives_what_the_environment_does_not_and_may_name_nothing_else(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("settings"), """
                # of this node
                PORT=1234
                 BIND = not so
                MAIL_FROM=Desk <desk@bursar.example>
                PRT=1
                PORT=7
                """);
        Settings settings = new Settings(Map.of("BURSAR_SETTINGS_FILE", file.toString(), "MAIL_FROM", "Environment"));
        assertThat(settings.number("PORT", 8080, 0, 65_535)).isEqualTo(7);
        assertThat(settings.text("MAIL_FROM", "")).isEqualTo("Environment");
        assertThat(settings.effective())
                .extracting(Setting::name, Setting::source)
                .containsExactly(
                        tuple("BURSAR_SETTINGS_FILE", Setting.Source.ENVIRONMENT),
                        tuple("MAIL_FROM", Setting.Source.ENVIRONMENT),
                        tuple("PORT", Setting.Source.FILE));
        assertThat(settings.problems())
                .containsExactly(
                        "BURSAR_SETTINGS_FILE: line 3 is no setting (expected: NAME=value)",
                        "BURSAR_SETTINGS_FILE: PORT is there twice",
                        "PRT is no setting of Bursar (docs/OPERATING.md lists them)");
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_among_others() {
        Settings settings = new Settings(Map.of("BURSAR_SETTINGS_FILE", "/no/such/file", "PORT", "many"));
        settings.number("PORT", 8080, 0, 65_535);
        assertThat(settings.problems())
                .hasSize(2)
                .contains("BURSAR_SETTINGS_FILE: /no/such/file cannot be read (expected: a text file)");
    }

    @Test
    void secrets_are_masked_where_settings_are_shown() {
        Settings settings = new Settings(Map.of(
                "DATABASE_URL", "postgres://u:hush@db/bursar",
                "RPC", "https://u:hush@rpc.example/hush?key=hush",
                "FEED", "https://rates.example/hush"));
        settings.secret("DATABASE_URL");
        settings.secretUris("RPC");
        settings.text("FEED", "");
        assertThat(settings.effective().toString()).doesNotContain("hush").contains("https://rates.example/");
    }
}
