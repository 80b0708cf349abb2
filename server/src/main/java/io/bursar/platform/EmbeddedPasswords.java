package io.bursar.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The passwords and the port of the embedded database, kept in {@code BURSAR_HOME/database.properties}, mode 0600. */
final class EmbeddedPasswords {
    static final String OWNER = "bursar_owner";
    static final String APP = "bursar_app";
    static final String TRIAGE = "bursar_triage";
    private static final String SUPERUSER = "postgres";
    private static final String PORT = "port";
    private static final int PASSWORD_BYTES = 24;

    private final Path file;
    private final Properties kept;

    private EmbeddedPasswords(Path file, Properties kept) {
        this.file = file;
        this.kept = kept;
    }

    static EmbeddedPasswords keptIn(Path home) throws IOException {
        Path file = home.resolve("database.properties");
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
        }
        SecureRandom random = new SecureRandom();
        for (String role : new String[] {SUPERUSER, OWNER, APP, TRIAGE}) {
            byte[] password = new byte[PASSWORD_BYTES];
            random.nextBytes(password);
            kept.putIfAbsent(role, HexFormat.of().formatHex(password));
        }
        EmbeddedPasswords passwords = new EmbeddedPasswords(file, kept);
        passwords.write();
        return passwords;
    }

    String superuser() {
        return of(SUPERUSER);
    }

    Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        for (String role : new String[] {OWNER, APP, TRIAGE}) {
            roles.put(role, of(role));
        }
        return roles;
    }

    Optional<Integer> portStillFree() {
        return port().flatMap(EmbeddedDatabase::freePort);
    }

    /** Where the server listens, or last did. */
    Optional<Integer> port() {
        return Optional.ofNullable(kept.getProperty(PORT)).map(Integer::valueOf);
    }

    void keepPort(int port) throws IOException {
        kept.setProperty(PORT, Integer.toString(port));
        write();
    }

    DatabaseLogins logins(int port, String database) {
        return new DatabaseLogins(
                login(OWNER, port, database), login(APP, port, database), Optional.of(login(TRIAGE, port, database)));
    }

    private DatabaseLogin login(String role, int port, String database) {
        return new DatabaseLogin("127.0.0.1", port, database, role, of(role), "");
    }

    private String of(String role) {
        return kept.getProperty(role, "");
    }

    /** Written aside and moved, so that a kill half-way never loses the passwords of a database that exists. */
    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        kept.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> text.append(name)
                        .append('=')
                        .append(kept.getProperty(name))
                        .append('\n'));
        Path aside = Files.createTempFile(
                file.getParent(),
                "database",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
