package io.bursar.sandbox.evm;

import io.bursar.sandbox.http.BadRequestException;
import io.bursar.sandbox.http.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** Ways in which a node misbehaves, for one method or ({@code *}) for all; switched on and off while it runs. */
public final class NodeFaults {
    public static final String ALL_METHODS = "*";
    public static final long LOG_RANGE_BLOCKS_DEFAULT = 10_000;

    private static final long HANG_SECONDS_MAX = 120;

    private final Map<String, Kind> byMethod = new ConcurrentHashMap<>();
    private final Set<String> hiddenTags = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile long logRangeBlocks = LOG_RANGE_BLOCKS_DEFAULT;
    private volatile boolean stalled;

    public enum Kind {
        /** No answer until the fault is switched off, two minutes at most. */
        TIMEOUT,
        HTTP_500,
        HTTP_429,
        RPC_ERROR
    }

    public void on(String method, Kind kind) {
        byMethod.put(method, kind);
        wakeHanging();
    }

    public void off(String method) {
        byMethod.remove(method);
        wakeHanging();
    }

    /** The node refuses this tag as one it has never heard of. */
    public void hideTag(String tag) {
        hiddenTags.add(tag);
    }

    public void limitLogRange(long blocks) {
        logRangeBlocks = blocks;
    }

    /** No more blocks by themselves. */
    public void stall(boolean stalled) {
        this.stalled = stalled;
    }

    public void clear() {
        byMethod.clear();
        hiddenTags.clear();
        logRangeBlocks = LOG_RANGE_BLOCKS_DEFAULT;
        stalled = false;
        wakeHanging();
    }

    Optional<Kind> of(String method) {
        return Optional.ofNullable(byMethod.getOrDefault(method, byMethod.get(ALL_METHODS)));
    }

    boolean hides(String tag) {
        return hiddenTags.contains(tag);
    }

    long logRangeBlocks() {
        return logRangeBlocks;
    }

    boolean stalled() {
        return stalled;
    }

    /** Blocks the caller for as long as the method hangs. */
    void hang(String method) {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(HANG_SECONDS_MAX);
            while (nanos > 0 && of(method).filter(Kind.TIMEOUT::equals).isPresent()) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** {@code {"fault":"http_500","method":"eth_getLogs","on":true}}, and the switches beside it. */
    void apply(JsonNode switches) {
        if (switches.path("clear").asBoolean(false)) {
            clear();
        }
        var method = switches.path("method").asString(ALL_METHODS);
        if (switches.has("fault") && switches.path("on").asBoolean(true)) {
            on(method, kind(switches.path("fault").asString("")));
        } else if (switches.has("fault")) {
            off(method);
        }
        if (switches.has("hideTags")) {
            hiddenTags.clear();
            switches.path("hideTags").forEach(tag -> hideTag(tag.asString("")));
        }
        if (switches.has("logRangeBlocks")) {
            limitLogRange(switches.path("logRangeBlocks").asLong(LOG_RANGE_BLOCKS_DEFAULT));
        }
        if (switches.has("stall")) {
            stall(switches.path("stall").asBoolean(false));
        }
    }

    JsonNode json() {
        var json = Json.object();
        var faults = json.putObject("faults");
        byMethod.forEach((method, kind) -> faults.put(method, kind.name().toLowerCase(Locale.ROOT)));
        var tags = json.putArray("hideTags");
        hiddenTags.forEach(tags::add);
        return json.put("logRangeBlocks", logRangeBlocks).put("stall", stalled);
    }

    private static Kind kind(String name) {
        try {
            return Kind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new BadRequestException("fault: " + name + " (expected: timeout, http_500, http_429, rpc_error)");
        }
    }

    private void wakeHanging() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
