package io.bursar.sandbox.evm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain on disk, one line a record. Lines are only appended; the sole exception is the count of the idle run at the
 * end, overwritten in place so that an idle chain does not grow its file. A line is written before anybody is shown the
 * block, and a last line torn by kill -9 is dropped. Not synced: it survives the process, not the machine.
 */
final class ChainFile implements AutoCloseable {
    private final FileChannel channel;
    private long end;
    private long countPosition = -1;

    private ChainFile(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    record Opened(ChainFile file, List<ChainRecord> records) {}

    static Opened open(Path directory) {
        try {
            Files.createDirectories(directory);
            var path = directory.resolve("chain.log");
            var channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new IllegalStateException(path + " is in use by another node");
            }
            var records = new ArrayList<ChainRecord>();
            var file = new ChainFile(channel, read(path, records));
            channel.truncate(file.end);
            if (!records.isEmpty() && records.getLast() instanceof ChainRecord.Idle) {
                file.countPosition = file.end - 1 - ChainRecord.Idle.COUNT_DIGITS;
            }
            return new Opened(file, List.copyOf(records));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open the chain in " + directory, failure);
        }
    }

    void append(ChainRecord record) {
        byte[] line = (record.line() + "\n").getBytes(StandardCharsets.US_ASCII);
        write(line, end);
        end += line.length;
        countPosition = record instanceof ChainRecord.Idle ? end - 1 - ChainRecord.Idle.COUNT_DIGITS : -1;
    }

    /** Only right after an idle record was appended or recounted. */
    void recount(long count) {
        if (countPosition < 0) {
            throw new IllegalStateException("the last record is no idle run");
        }
        write(ChainRecord.Idle.countText(count).getBytes(StandardCharsets.US_ASCII), countPosition);
    }

    boolean endsIdle() {
        return countPosition >= 0;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(byte[] bytes, long position) {
        try {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the chain", failure);
        }
    }

    /** Fills the list and answers where the last whole line ends. */
    private static long read(Path path, List<ChainRecord> records) throws IOException {
        long size = Files.size(path);
        long end = 0;
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.US_ASCII)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                long next = end + line.length() + 1;
                if (next > size) {
                    return end;
                }
                records.add(ChainRecord.parse(line));
                end = next;
            }
        }
        return end;
    }
}
