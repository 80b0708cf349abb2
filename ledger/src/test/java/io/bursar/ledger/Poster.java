package io.bursar.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A process that posts until it is killed, or posts again what it is given and ends. It notes {@code ?reference} before
 * it asks and {@code !reference} when it was answered; what was written to a file outlives its writer.
 */
final class Poster {
    static final int THREADS = 32;
    static final int WALLETS = 10;

    private final Ledger ledger;
    private final BookId book;
    private final FileChannel notes;

    private Poster(Ledger ledger, BookId book, FileChannel notes) {
        this.ledger = ledger;
        this.book = book;
        this.notes = notes;
    }

    public static void main(String[] arguments) throws Exception {
        BookId book = new BookId(UUID.fromString(arguments[1]));
        try (HikariDataSource pool = TestPostgres.pool(Integer.parseInt(arguments[0]), 16);
                Ledger ledger = Ledger.open(pool, Clock.systemUTC());
                FileChannel notes = FileChannel.open(Path.of(arguments[2]), StandardOpenOption.APPEND);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Poster poster = new Poster(ledger, book, notes);
            List<Future<?>> running = arguments.length > 3
                    ? again(threads, poster, Files.readAllLines(Path.of(arguments[3])))
                    : forEver(threads, poster);
            for (Future<?> thread : running) {
                thread.get();
            }
        }
    }

    private static List<Future<?>> again(ExecutorService threads, Poster poster, List<String> references) {
        return references.stream()
                .<Future<?>>map(reference -> threads.submit(() -> poster.post(reference)))
                .toList();
    }

    private static List<Future<?>> forEver(ExecutorService threads, Poster poster) {
        return IntStream.range(0, THREADS)
                .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                    for (int number = 0; number < Integer.MAX_VALUE; number++) {
                        poster.post(thread + "/" + number);
                    }
                }))
                .toList();
    }

    /** What a reference stands for; it is never refused. */
    static Leg leg(String reference) {
        Random random = new Random(reference.hashCode());
        AccountPath wallet = AccountPath.of("wallet/" + random.nextInt(WALLETS));
        return LedgerFixture.move(LedgerFixture.BANK, wallet, 1 + random.nextInt(1_000));
    }

    private void post(String reference) {
        note("?" + reference);
        switch (ledger.submit(Posting.of(book, reference, "poster", "", leg(reference)))) {
            case Posted _, Duplicate _ -> note("!" + reference);
            case Outcome.Rejected _, Outcome.OutcomeUnknown _ -> note("-" + reference);
        }
    }

    private synchronized void note(String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                notes.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
