package io.bursar.gates;

import io.bursar.audit.Audit;
import io.bursar.platform.Epoch;
import io.bursar.platform.Gate;
import io.bursar.platform.Gatekeeper;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every {@link Gate} of the product. The state is in the database and is read again when what was read last is older
 * than {@link #ANSWER_AGE_MAX}: asking costs nothing, and no node goes on longer than that after a gate was closed.
 * While the database cannot be read no gate passes anything.
 */
@Component
public class Gates implements Gatekeeper, SmartInitializingSingleton {
    private static final Actor RESTORE = Actor.system("restore");

    private final List<Gate> gates;
    private final GateStore store;
    private final Epoch epoch;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private volatile boolean begun;
    private volatile @Nullable Look last;

    Gates(List<Gate> gates, GateStore store, Epoch epoch, Audit audit, TransactionTemplate transactions, Clock clock) {
        this.gates = gates.stream()
                .sorted(Comparator.comparing(Gate::outward).reversed().thenComparing(Gate::label))
                .toList();
        Check.that(
                this.gates.stream().map(Gate::name).distinct().count() == this.gates.size(),
                "two gates have one name: %s",
                this.gates);
        this.store = store;
        this.epoch = epoch;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The first start after a restore closes whatever leads outward; until that is done nothing leaves. */
    @Override
    public void afterSingletonsInstantiated() {
        String origin = epoch.origin();
        if (origin == null) {
            begun = true;
            return;
        }
        transactions.executeWithoutResult(_ -> {
            if (store.beginEpoch(epoch.number(), clock.instant())) {
                String reason = "Restored from the " + origin + ". What left since then must not leave twice.";
                gates.stream().filter(Gate::outward).forEach(gate -> change(gate, true, reason, RESTORE));
            }
        });
        begun = true;
        forget();
    }

    @Override
    public boolean isOpen(Gate gate) {
        Check.that(gates.contains(gate), "gate %s is no bean", gate.name());
        return (begun || !gate.outward()) && !closures().containsKey(gate.name());
    }

    /** All of them, outward ones first. */
    public List<GateView> list() {
        Map<String, Closure> closures = closures();
        return gates.stream()
                .map(gate -> new GateView(gate, closures.get(gate.name())))
                .toList();
    }

    /** The closed ones alone. */
    public List<GateView> closed() {
        return list().stream().filter(view -> view.closure() != null).toList();
    }

    /** What began before is finished; on other nodes more may begin for {@link #ANSWER_AGE_MAX}. */
    GateChange close(Gate gate, String reason, Actor by) {
        return changed(gate, true, reason, by);
    }

    /** What waited behind it goes on by itself. */
    GateChange open(Gate gate, String reason, Actor by) {
        return changed(gate, false, reason, by);
    }

    Optional<Gate> find(String name) {
        return gates.stream().filter(gate -> gate.name().equals(name)).findFirst();
    }

    private GateChange changed(Gate gate, boolean close, String reason, Actor by) {
        try {
            return Objects.requireNonNull(transactions.execute(_ -> change(gate, close, reason, by)));
        } finally {
            forget();
        }
    }

    private GateChange change(Gate gate, boolean close, String reason, Actor by) {
        Closure current = store.lock(gate.name()).orElse(null);
        Instant now = clock.instant();
        GateChange change = close ? GateChange.close(current, reason, by, now) : GateChange.open(current, reason);
        switch (change) {
            case GateChange.Closed(Closure closure) -> {
                store.close(gate.name(), closure);
                audit.record(by, "gate.closed", gate.subject(), told(false), told(true), closure.reason());
            }
            case GateChange.Opened(Closure _, String words) -> {
                store.open(gate.name());
                audit.record(by, "gate.opened", gate.subject(), told(true), told(false), words);
            }
            case GateChange.ReasonUnusable _, GateChange.AlreadyClosed _, GateChange.AlreadyOpen _ -> {}
        }
        return change;
    }

    private static Map<String, ?> told(boolean closed) {
        return Map.of("closed", closed);
    }

    /** What the database said, or that it said nothing, and when it was asked. */
    private sealed interface Look {
        long askedNanos();

        record Seen(Map<String, Closure> closures, long askedNanos) implements Look {}

        record Unseen(RuntimeException why, long askedNanos) implements Look {}
    }

    private Map<String, Closure> closures() {
        Look look = last;
        return switch (look == null || isOld(look) ? lookAgain() : look) {
            case Look.Seen seen -> seen.closures();
            case Look.Unseen unseen -> throw unseen.why();
        };
    }

    /** One asks for all who wait: a database that is away must not keep them waiting one after the other. */
    private synchronized Look lookAgain() {
        Look look = last;
        if (look != null && !isOld(look)) {
            return look;
        }
        long asked = System.nanoTime();
        try {
            look = new Look.Seen(store.closed(), asked);
        } catch (RuntimeException away) {
            look = new Look.Unseen(away, System.nanoTime());
        }
        last = look;
        return look;
    }

    /** After a commit: whoever is looking at this moment may still have seen what was before it. */
    private synchronized void forget() {
        last = null;
    }

    private static boolean isOld(Look look) {
        return System.nanoTime() - look.askedNanos() > ANSWER_AGE_MAX.toNanos();
    }
}
