package io.bursar.inbox;

import io.bursar.platform.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * The memory that bodies may take together, from their ninth kilobyte until they are kept. Whoever sends many large
 * ones slowly gets no more than that, and is told to come again like everybody else then; a small one needs no room,
 * so that connections which send nothing keep nobody out. Whoever takes too long is hung up on.
 */
final class Bodies {
    static final int EVENT_BYTES_MAX = 256 * 1024;
    static final int BYTES_TOGETHER_MAX = 32 * 1024 * 1024;
    private static final int PART_BYTES = 8 * 1024;
    private static final int RETRY_SECONDS = 5;
    private static final Duration READ_MAX = Duration.ofSeconds(15);

    private final Semaphore parts = new Semaphore(BYTES_TOGETHER_MAX / PART_BYTES);
    private final LongSupplier nanoTime;

    Bodies(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Room room() {
        return new Room();
    }

    static Problem full() {
        return Problem.unavailable("inbox_full", "Too much is coming in at once. Send it again.", RETRY_SECONDS);
    }

    private static Problem slow() {
        return Problem.of(408, "body_too_slow", "The body took too long to come.");
    }

    /** What one body takes, until it is closed. */
    final class Room implements AutoCloseable {
        private int taken;

        /** @throws io.bursar.platform.ProblemException 503 without room, 413 too large, 408 too slow, 400 cut off */
        byte[] read(InputStream body) {
            try {
                return whole(body);
            } catch (SocketTimeoutException silent) {
                throw slow().asException();
            } catch (IOException cutOff) {
                throw Problem.of(400, "body_incomplete", "The body ended before it was whole.")
                        .asException();
            }
        }

        private byte[] whole(InputStream body) throws IOException {
            long end = nanoTime.getAsLong() + READ_MAX.toNanos();
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            byte[] part = new byte[PART_BYTES];
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                whole.write(part, 0, read);
                if (whole.size() > (taken + 1) * PART_BYTES) {
                    take();
                }
                if (nanoTime.getAsLong() - end > 0) {
                    throw slow().asException();
                }
            }
            return whole.toByteArray();
        }

        private void take() {
            if (!parts.tryAcquire()) {
                throw full().asException();
            }
            taken++;
        }

        @Override
        public void close() {
            parts.release(taken);
        }
    }
}
