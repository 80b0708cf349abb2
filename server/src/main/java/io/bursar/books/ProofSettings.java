package io.bursar.books;

import io.bursar.ledger.proof.SigningKey;
import io.bursar.platform.ModuleSettings;
import io.bursar.platform.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** Where manifests go and what they are signed with; without it books are verified and not sealed. */
@ModuleSettings
record ProofSettings(Optional<Sealing> sealing) {
    private static final String DIRECTORY = "LEDGER_MANIFEST_DIR";
    private static final String KEY_FILE = "LEDGER_SEAL_KEY_FILE";

    record Sealing(Path directory, SigningKey key) {}

    @Autowired
    ProofSettings(Settings settings) {
        this(sealing(settings));
    }

    private static Optional<Sealing> sealing(Settings settings) {
        Optional<String> directory = settings.text("LEDGER_MANIFEST_DIR");
        Optional<String> keyFile = settings.text("LEDGER_SEAL_KEY_FILE");
        if (directory.isPresent() != keyFile.isPresent()) {
            settings.problem("%s and %s: only one is set (expected: both or neither)".formatted(DIRECTORY, KEY_FILE));
        }
        SigningKey key = keyFile.map(file -> key(settings, Path.of(file))).orElse(null);
        return directory.isPresent() && key != null
                ? Optional.of(new Sealing(Path.of(directory.get()), key))
                : Optional.empty();
    }

    private static @Nullable SigningKey key(Settings settings, Path file) {
        try {
            return SigningKey.parse(Files.readString(file));
        } catch (IOException unreadable) {
            settings.problem("%s: %s cannot be read (expected: a file in PEM)".formatted(KEY_FILE, file));
        } catch (IllegalArgumentException unusable) {
            settings.problem("%s: %s (expected: both halves of an Ed25519 key in PEM)"
                    .formatted(KEY_FILE, unusable.getMessage()));
        }
        return null;
    }
}
