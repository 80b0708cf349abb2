package io.bursar.bench.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/** What a durable write costs on this disk: every figure of a run is to be read beside it. */
final class Disk {
    private static final int BYTES = 8_192;
    private static final int WRITES = 1_000;

    private Disk() {}

    static void fsync(Bench bench) {
        Sample sample = writes(bench.server().directory());
        String beside = sample + " in " + bench.server().directory();
        bench.report()
                .add(Figure.plain("fsync", "write of 8 kB and fsync, median", sample.milliseconds(50), "ms", beside));
        bench.report().add(Figure.plain("fsync/p99", "write of 8 kB and fsync, p99", sample.p99(), "ms", ""));
    }

    private static Sample writes(Path directory) {
        Histogram each = new Histogram(3);
        try {
            Path file = Files.createTempFile(directory, "fsync", ".part");
            long begin = System.nanoTime();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int i = 0; i < WRITES; i++) {
                    long start = System.nanoTime();
                    channel.write(ByteBuffer.allocate(BYTES));
                    channel.force(false);
                    each.recordValue(System.nanoTime() - start);
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            Files.delete(file);
            return new Sample(each, seconds);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
