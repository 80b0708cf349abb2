package io.bursar.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Two Bursars never share one BURSAR_HOME. The operating system frees the lock with the process, however it ends. */
final class HomeLock implements AutoCloseable {
    private static final String FILE = "bursar.lock";

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock take(Path home) {
        try {
            Files.createDirectories(home);
            FileChannel channel =
                    FileChannel.open(home.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartRefusedException("Another Bursar is running on " + home + ": stop it, or choose another "
                        + "BURSAR_HOME (for the demo: --home DIR).");
            }
            return new HomeLock(channel);
        } catch (IOException failed) {
            throw new UncheckedIOException("BURSAR_HOME cannot be used: " + home, failed);
        }
    }

    static boolean isHeld(Path home) {
        Path file = home.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (IOException failed) {
            throw new UncheckedIOException("BURSAR_HOME cannot be used: " + home, failed);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }
}
