package io.bursar.sandbox;

import io.bursar.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The directory in which a demo lives: its file, its encryption key, the stand-in chain, Bursar's own data. */
record DemoHome(Path path) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_BYTES = 15;
    private static final String FILE = "demo.json";
    private static final String KEY = "encryption.key";

    /** A fresh start removes an earlier demo, and refuses to remove anything else. */
    static DemoHome open(Path directory, boolean fresh) {
        var home = new DemoHome(directory.toAbsolutePath().normalize());
        try {
            if (fresh && Files.exists(home.path)) {
                home.remove();
            }
            Files.createDirectories(home.path);
            return home;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot use " + home.path, failure);
        }
    }

    Optional<DemoFile> read() {
        return text(path.resolve(FILE)).map(DemoFile::parse);
    }

    void write(DemoFile file) {
        writePrivately(FILE, Json.pretty(file) + "\n");
    }

    /** What the secrets in the database are sealed with; without it they are lost, so it is made once. */
    String encryptionKey() {
        var kept = text(path.resolve(KEY));
        if (kept.isPresent()) {
            return kept.get().strip();
        }
        var key = Base64.getEncoder().encodeToString(random(KEY_BYTES));
        writePrivately(KEY, key + "\n");
        return key;
    }

    Path chain(long chainId) {
        return path.resolve("sandbox").resolve("chain-" + chainId);
    }

    Path log() {
        return path.resolve("logs").resolve("app.log");
    }

    static String newPassword() {
        return Base64.getUrlEncoder().encodeToString(random(PASSWORD_BYTES));
    }

    private void remove() throws IOException {
        requireStopped();
        boolean ours = Files.exists(path.resolve(FILE)) || Files.exists(path.resolve(KEY));
        List<Path> inside;
        try (var files = Files.walk(path)) {
            inside = files.sorted(Comparator.reverseOrder()).toList();
        }
        if (!ours && inside.size() > 1) {
            throw new IllegalStateException(path + " holds no demo: --fresh will not empty it");
        }
        for (var file : inside) {
            Files.delete(file);
        }
    }

    private void requireStopped() throws IOException {
        var lock = path.resolve("bursar.lock");
        if (!Files.exists(lock)) {
            return;
        }
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw new IllegalStateException("a demo is running in " + path + ": stop it first");
            }
        }
    }

    /** Written aside and moved, so that a kill leaves the old file or the new one. */
    private void writePrivately(String name, String content) {
        try {
            var aside = Files.createTempFile(path, name, ".part", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(aside, content);
            Files.move(aside, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + path.resolve(name), failure);
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
