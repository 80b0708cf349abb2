package io.bursar.outbox;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Looks a host up and lets only public addresses through. Whoever asks connects to one of the addresses given here and
 * never looks the name up again: a name that answers differently the second time (DNS rebinding) gains nothing.
 *
 * <p>Look-ups block in native code for as long as the system's resolver likes, so they run on threads of their own, one
 * at a time for each name, are waited for so long and no longer, and are refused when too many wait. What is written as
 * an address is read as one and not looked up.
 */
final class AddressGuard implements AutoCloseable {
    private static final Duration LOOKUP_MAX = Duration.ofSeconds(5);
    private static final int LOOKUP_THREADS = 32;
    private static final Duration THREAD_IDLE_MAX = Duration.ofSeconds(30);
    private static final int LOOKUPS_WAITING_MAX = 256;
    private static final int ADDRESSES_MAX = 4;
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private final Names names;
    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            THREAD_IDLE_MAX.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOOKUPS_WAITING_MAX),
            Thread.ofPlatform().daemon().name("webhook-dns-", 0).factory());
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    AddressGuard(Names names) {
        this.names = names;
        lookups.allowCoreThreadTimeOut(true);
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
        boolean literal = LITERAL.matcher(target.host()).matches();
        List<InetAddress> found = literal ? read(target.host()) : lookUp(target.host());
        if (found.isEmpty() && literal) {
            return new Vetted.NotPublic();
        }
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

    private static List<InetAddress> read(String literal) {
        try {
            return List.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException notAnAddress) {
            return List.of();
        }
    }

    /** Whoever asks for a name that is being looked up waits for the same answer. */
    private List<InetAddress> lookUp(String host) {
        try {
            return underWay.computeIfAbsent(host, this::begin).get(LOOKUP_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException notFound) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private CompletableFuture<List<InetAddress>> begin(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        lookups.execute(() -> {
            try {
                answer.complete(List.of(names.lookUp(host)));
            } catch (UnknownHostException | RuntimeException notFound) {
                answer.completeExceptionally(notFound);
            } finally {
                underWay.remove(host, answer);
            }
        });
        return answer;
    }
}
