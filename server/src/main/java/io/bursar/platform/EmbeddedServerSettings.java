package io.bursar.platform;

import java.util.Map;

/** How the PostgreSQL that comes with Bursar is configured; benchmarks measure under the same settings. */
public final class EmbeddedServerSettings {
    /** Durable, and sized for one small machine. */
    public static final Map<String, String> DURABLE = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("min_wal_size", "512MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("wal_compression", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", "''"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("log_min_messages", "warning"));

    private EmbeddedServerSettings() {}
}
