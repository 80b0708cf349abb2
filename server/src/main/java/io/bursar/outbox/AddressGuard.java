package io.bursar.outbox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks a host up and lets only public addresses through. Whoever asks connects to one of the addresses given here and
 * never looks the name up again: a name that answers differently the second time (DNS rebinding) gains nothing.
 *
 * <p>Look-ups block in native code for as long as the system's resolver likes, so they run on a few threads of their
 * own, are waited for so long and no longer, and are refused when too many wait.
 */
final class AddressGuard implements AutoCloseable {
    private static final Duration LOOKUP_MAX = Duration.ofSeconds(5);
    private static final int LOOKUP_THREADS = 8;
    private static final int LOOKUPS_WAITING_MAX = 256;
    private static final int ADDRESSES_MAX = 4;

    private final Names names;
    private final ExecutorService lookups = new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOOKUPS_WAITING_MAX),
            Thread.ofPlatform().daemon().name("webhook-dns-", 0).factory());

    AddressGuard(Names names) {
        this.names = names;
    }

    /** The system's resolver, or a test's. */
    interface Names {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    sealed interface Vetted {
        /** At least one address, the resolver's favourite first. */
        record Addresses(List<InetAddress> addresses) implements Vetted {}

        record NotPublic() implements Vetted {}

        record Unknown() implements Vetted {}
    }

    Vetted vet(Target.Origin target) {
        List<InetAddress> found = lookUp(target.host());
        if (found.isEmpty()) {
            return new Vetted.Unknown();
        }
        List<InetAddress> allowed = found.stream()
                .filter(address -> target.trusted() || PublicAddresses.contains(address))
                .limit(ADDRESSES_MAX)
                .toList();
        return allowed.isEmpty() ? new Vetted.NotPublic() : new Vetted.Addresses(allowed);
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private List<InetAddress> lookUp(String host) {
        try {
            Future<InetAddress[]> lookup = lookups.submit(() -> names.lookUp(host));
            try {
                return Arrays.asList(lookup.get(LOOKUP_MAX.toMillis(), TimeUnit.MILLISECONDS));
            } finally {
                lookup.cancel(true);
            }
        } catch (ExecutionException | TimeoutException | RejectedExecutionException notFound) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
