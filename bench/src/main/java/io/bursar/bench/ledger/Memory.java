package io.bursar.bench.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this JVM has held, to show that it does not grow with the rows it has seen. */
final class Memory {
    private static final double MEGABYTE = 1 << 20;
    private static final double KILOBYTES_A_MEGABYTE = 1 << 10;
    private static final Path STATUS = Path.of("/proc/self/status");

    private Memory() {}

    static void peaks(Report report) {
        double heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        report.add(Figure.plain("memory/heap", "heap of this JVM, peak", heap / MEGABYTE, "MB", ""));
        if (Files.exists(STATUS)) {
            report.add(Figure.plain("memory/resident", "resident memory of this JVM, peak", resident(), "MB", ""));
        }
    }

    /** What is reachable now. */
    static double liveMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    private static double resident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KILOBYTES_A_MEGABYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
