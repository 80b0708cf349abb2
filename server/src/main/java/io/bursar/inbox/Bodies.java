package io.bursar.inbox;

import io.bursar.platform.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The memory that bodies may take together, from their first byte until they are kept. Whoever sends many large ones
 * slowly gets no more than that, and is told to come again like everybody else then.
 */
@Component
class Bodies {
    static final int EVENT_BYTES_MAX = 256 * 1024;
    static final int BYTES_TOGETHER_MAX = 32 * 1024 * 1024;
    private static final int PART_BYTES = 8 * 1024;
    private static final int RETRY_SECONDS = 5;

    private final Semaphore parts = new Semaphore(BYTES_TOGETHER_MAX / PART_BYTES);

    Room room() {
        return new Room();
    }

    static Problem full() {
        return Problem.unavailable("inbox_full", "Too much is coming in at once. Send it again.", RETRY_SECONDS);
    }

    /** What one body takes, until it is closed. */
    final class Room implements AutoCloseable {
        private int taken;

        /** @throws io.bursar.platform.ProblemException 503 when there is no room, 413 when it is too large */
        byte[] read(InputStream body) throws IOException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            byte[] part = new byte[PART_BYTES];
            for (int read = body.read(part); read >= 0; read = body.read(part)) {
                whole.write(part, 0, read);
                if (whole.size() > taken * PART_BYTES) {
                    take();
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
