package io.bursar.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.platform.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodiesTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final Bodies bodies = new Bodies(nanoTime::get);

    @Test
    void a_body_that_comes_a_byte_now_and_then_is_given_up() {
        InputStream dripping = new InputStream() {
            @Override
            public int read() {
                nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(4));
                return ' ';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = (byte) read();
                return 1;
            }
        };
        try (Bodies.Room room = bodies.room()) {
            assertThatThrownBy(() -> room.read(dripping))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            slow -> assertThat(slow.problem().status()).isEqualTo(408));
        }
    }

    @Test
    void a_body_that_falls_silent_or_breaks_off_is_nobodys_bug() {
        assertThat(refusal(new SocketTimeoutException("silent"))).isEqualTo(408);
        assertThat(refusal(new EOFException("cut off"))).isEqualTo(400);
    }

    private int refusal(IOException failure) {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw failure;
            }
        };
        try (Bodies.Room room = bodies.room()) {
            room.read(failing);
            throw new AssertionError("read (expected: a refusal)");
        } catch (ProblemException refused) {
            return refused.problem().status();
        }
    }

    @Test
    void small_bodies_need_no_room_and_large_ones_give_theirs_back() {
        List<Bodies.Room> rooms = new ArrayList<>();
        boolean full = false;
        while (!full) {
            rooms.add(bodies.room());
            try {
                rooms.getLast().read(zeros(Bodies.EVENT_BYTES_MAX));
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isEqualTo(503);
                full = true;
            }
        }
        int together = Bodies.BYTES_TOGETHER_MAX / Bodies.EVENT_BYTES_MAX;
        assertThat(rooms).as("the first part of each is free").hasSizeBetween(together, together + together / 16);
        try (Bodies.Room small = bodies.room()) {
            assertThat(small.read(zeros(8_000))).hasSize(8_000);
        }
        rooms.forEach(Bodies.Room::close);
        try (Bodies.Room large = bodies.room()) {
            assertThat(large.read(zeros(Bodies.EVENT_BYTES_MAX))).hasSize(Bodies.EVENT_BYTES_MAX);
        }
    }

    private static InputStream zeros(int bytes) {
        return new ByteArrayInputStream(new byte[bytes]);
    }
}
