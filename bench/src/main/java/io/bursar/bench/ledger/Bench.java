package io.bursar.bench.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run measures with: its sizes, its server and, opened when first asked for, our ledger and the baseline. */
final class Bench implements AutoCloseable {
    private final Sizes sizes;
    private final BenchServer server;
    private final Report report;
    private final Population accounts;
    private final List<Target> opened = new ArrayList<>();
    private @Nullable BenchDatabase database;
    private @Nullable BursarTarget bursar;
    private @Nullable FunctionPeer function;

    /** How large and how long; {@code measured} is the length of one measurement of one round. */
    record Sizes(
            int accounts,
            int clients,
            int rounds,
            Duration measured,
            long rows,
            int saturated,
            List<Integer> inFlight,
            List<Integer> rates) {
        Duration compiling() {
            return measured.multipliedBy(4);
        }

        Duration warmUp() {
            return measured.dividedBy(5);
        }
    }

    Bench(Sizes sizes, BenchServer server, Report report) {
        this.sizes = sizes;
        this.server = server;
        this.report = report;
        accounts = new Population(sizes.accounts());
    }

    Sizes sizes() {
        return sizes;
    }

    BenchServer server() {
        return server;
    }

    Report report() {
        return report;
    }

    Population accounts() {
        return accounts;
    }

    BenchDatabase database() {
        if (database == null) {
            database = server.create("ledger");
        }
        return database;
    }

    BursarTarget bursar() {
        if (bursar == null) {
            bursar = node("ours");
            BursarTarget target = bursar;
            report.say("Running until the code is compiled");
            Load.closed(Ratios.IN_FLIGHT, Duration.ZERO, sizes.compiling(), call(target, Work.UNIFORM));
            server.settle();
        }
        return bursar;
    }

    /** One more node on that book, with connections of its own. */
    BursarTarget node(String book) {
        BursarTarget node = BursarTarget.open(database(), book, accounts);
        opened.add(node);
        return node;
    }

    FunctionPeer function() {
        if (function == null) {
            function = new FunctionPeer(database(), accounts, sizes.clients());
            opened.add(function);
        }
        return function;
    }

    Sample closed(Target target, Work work, int inFlight) {
        Sample sample = Load.closed(inFlight, sizes.warmUp(), sizes.measured(), call(target, work));
        report.say("  %s, %s, %,d in flight: %s".formatted(target.name(), work.title(), inFlight, sample));
        return sample;
    }

    Sample open(Target target, Work work, int perSecond) {
        Sample sample = Load.open(perSecond, sizes.warmUp(), sizes.measured(), call(target, work));
        report.say("  %s, %s, %,d a second: %s".formatted(target.name(), work.title(), perSecond, sample));
        return sample;
    }

    Load.Call call(Target target, Work work) {
        return random -> target.transfer(work.next(accounts, random));
    }

    @Override
    public void close() {
        opened.forEach(Target::close);
    }
}
