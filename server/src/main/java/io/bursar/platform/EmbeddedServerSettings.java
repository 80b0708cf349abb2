package io.bursar.platform;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** How the PostgreSQL that comes with Bursar is configured; benchmarks measure under the same settings. */
public final class EmbeddedServerSettings {
    private static final long MEGABYTE = 1L << 20;
    private static final long MACHINE_PART = 16;
    private static final long BUFFERS_MB_MIN = 128;
    private static final long BUFFERS_MB_MAX = 1_024;

    /** Durable, and sized for the machine it runs on. */
    public static final Map<String, String> DURABLE = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", buffers(machine().getTotalMemorySize())),
            Map.entry("min_wal_size", "512MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("wal_compression", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", "''"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("log_min_messages", "warning"));

    private EmbeddedServerSettings() {}

    /** A part of the machine's memory: the newest pages of all indexes should stay in it. */
    static String buffers(long machineBytes) {
        return Math.clamp(machineBytes / MEGABYTE / MACHINE_PART, BUFFERS_MB_MIN, BUFFERS_MB_MAX) + "MB";
    }

    private static OperatingSystemMXBean machine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    }
}
