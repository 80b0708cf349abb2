package io.bursar.platform;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How the PostgreSQL that comes with Bursar is configured; benchmarks measure under the same settings. */
public final class EmbeddedServerSettings {
    private static final long MEGABYTE = 1L << 20;
    private static final long MEMORY_PART = 8;
    private static final long BUFFERS_MB_MIN = 128;
    private static final long BUFFERS_MB_MAX = 4_096;
    private static final long DISK_PART = 16;
    private static final long LOG_MB_MIN = 1_024;
    private static final long LOG_MB_MAX = 8_192;

    private EmbeddedServerSettings() {}

    /**
     * Durable, and sized for the machine it runs on and the disk of that folder. The log is not compressed: after a
     * checkpoint every page is logged whole once, and with a long history compressing them costs more than posting.
     */
    public static Map<String, String> durable(Path folder) throws IOException {
        return Map.ofEntries(
                Map.entry("fsync", "on"),
                Map.entry("synchronous_commit", "on"),
                Map.entry("full_page_writes", "on"),
                Map.entry("max_connections", "100"),
                Map.entry("shared_buffers", buffers(machine().getTotalMemorySize())),
                Map.entry("min_wal_size", "512MB"),
                Map.entry("max_wal_size", log(Files.getFileStore(folder).getTotalSpace())),
                Map.entry("wal_compression", "off"),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", "''"),
                Map.entry("password_encryption", "scram-sha-256"),
                Map.entry("log_min_messages", "warning"));
    }

    /** A part of the machine's memory: the newest pages of all indexes should stay in it. */
    static String buffers(long machineBytes) {
        return megabytes(machineBytes / MEMORY_PART, BUFFERS_MB_MIN, BUFFERS_MB_MAX);
    }

    /** A part of the disk: the longer the log may be, the more seldom pages are logged whole. */
    static String log(long diskBytes) {
        return megabytes(diskBytes / DISK_PART, LOG_MB_MIN, LOG_MB_MAX);
    }

    private static String megabytes(long bytes, long min, long max) {
        return Math.clamp(bytes / MEGABYTE, min, max) + "MB";
    }

    private static OperatingSystemMXBean machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }
}
