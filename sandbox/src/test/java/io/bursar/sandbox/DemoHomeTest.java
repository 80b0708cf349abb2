package io.bursar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.sandbox.evm.EvmNode;
import io.bursar.sandbox.evm.EvmNodeConfig;
import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoHomeTest {
    @TempDir
    Path directory;

    @Test
    void the_demos_file_is_private_and_says_what_scripts_rely_on() throws IOException {
        var home = DemoHome.open(directory, false);
        home.write(file());
        var path = directory.resolve("demo.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        var json = Json.parse(Files.readString(path));
        assertThat(json.path("baseUrl").asString()).isEqualTo("http://127.0.0.1:1");
        assertThat(json.path("operator").path("password").asString()).isEqualTo("secret-a");
        assertThat(json.path("viewer").path("email").asString()).isEqualTo("v@example.com");
        assertThat(json.path("partner").path("webhookSecret").asString()).isEqualTo("whsec_x");
        assertThat(json.path("merchant").path("id").asString()).isEqualTo("mer_1");
        assertThat(json.path("sandbox").propertyNames())
                .contains("evmRpcUrl", "mailUrl", "webhookReceiverUrl", "fxUrl");
        assertThat(json.path("triageDatabaseUrl").asString()).isEqualTo("postgres://t");
        assertThat(home.read()).contains(file());
        assertThat(file().toString()).doesNotContain("secret-a").doesNotContain("bk_live");
    }

    @Test
    void the_encryption_key_is_made_once_and_private() throws IOException {
        var home = DemoHome.open(directory, false);
        var key = home.encryptionKey();
        assertThat(DemoHome.open(directory, false).encryptionKey()).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("encryption.key"))))
                .isEqualTo("rw-------");
        assertThat(DemoHome.open(directory, true).encryptionKey()).isNotEqualTo(key);
    }

    @Test
    void fresh_empties_no_directory_that_holds_something_else() throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> DemoHome.open(directory, true)).hasMessageContaining("holds no demo");
        assertThat(directory.resolve("thesis.txt")).exists();
    }

    @Test
    void data_of_another_chain_are_refused_with_advice() {
        try (var one = EvmNode.start(
                        new EvmNodeConfig(8453, directory.resolve("one"), 0, TestClock.at("2026-03-02T10:00:00Z")));
                var other = EvmNode.start(
                        new EvmNodeConfig(8453, directory.resolve("other"), 0, TestClock.at("2026-03-02T10:00:00Z")))) {
            var known = DemoGenesis.checked(file(), one.url());
            assertThat(known.genesis()).isEqualTo(one.genesis().hex());
            assertThat(DemoGenesis.checked(known, one.url())).isEqualTo(known);
            assertThat(DemoGenesis.checked(known, "http://127.0.0.1:1")).isEqualTo(known);
            assertThatThrownBy(() -> DemoGenesis.checked(known, other.url())).hasMessageContaining("--fresh");
        }
    }

    private static DemoFile file() {
        return new DemoFile(
                "http://127.0.0.1:1",
                new DemoFile.SignIn("a@example.com", "secret-a"),
                new DemoFile.SignIn("v@example.com", "secret-v"),
                new DemoFile.Partner("ptn_1", "bk_live_1", "whsec_x"),
                new DemoFile.Merchant("mer_1"),
                new DemoFile.Sandbox("http://e", "http://m", "http://w", "http://f", 25),
                "postgres://o",
                "postgres://t",
                8453,
                "",
                false);
    }
}
