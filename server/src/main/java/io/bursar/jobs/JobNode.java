package io.bursar.jobs;

import io.bursar.platform.Database;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * This process among those that share the schedule.
 *
 * @param alone whether there can be no other, so that whatever looks as if it ran while this one starts is dead
 * @param heartbeat how often it says of each run that it lives; after four that are missing another node begins it anew
 */
record JobNode(String name, boolean alone, Duration heartbeat) {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    static JobNode of(Database database) {
        return new JobNode(host() + "/" + ProcessHandle.current().pid(), database.isEmbedded(), HEARTBEAT);
    }

    private static String host() {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            return host.substring(0, Math.min(host.length(), 100));
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
