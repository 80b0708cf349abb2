package io.bursar.bench.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What others publish, in the same run on the same server, each as its design has it. */
final class Peers {
    /** Where published figures of savepoint batches are at their best. */
    private static final int BATCHES_IN_FLIGHT = 1_024;

    private Peers() {}

    static void all(Bench bench) {
        for (Function<Bench, Peer> peer : kinds()) {
            against(bench, peer);
        }
    }

    private static List<Function<Bench, Peer>> kinds() {
        List<Function<Bench, Peer>> kinds = new ArrayList<>();
        kinds.add(bench -> new FunctionPeer(
                bench.database(), bench.accounts(), bench.sizes().clients()));
        kinds.add(bench -> new ForUpdatePeer(
                bench.database(), bench.accounts(), bench.sizes().clients()));
        kinds.add(bench ->
                new AtomicPeer(bench.database(), bench.accounts(), bench.sizes().clients()));
        kinds.add(bench -> new SavepointPeer(bench.database(), bench.accounts()));
        kinds.add(bench -> new PgledgerPeer(
                bench.database(), bench.accounts(), bench.sizes().clients()));
        return kinds;
    }

    private static void against(Bench bench, Function<Bench, Peer> kind) {
        try (Peer peer = kind.apply(bench)) {
            for (Work work : new Work[] {Work.UNIFORM, Work.ZIPF, Work.HOT_PAYEE}) {
                against(bench, peer, work, Ratios.IN_FLIGHT);
            }
            if (peer instanceof SavepointPeer) {
                against(bench, peer, Work.UNIFORM, BATCHES_IN_FLIGHT);
            }
            if (peer.mismatches() > 0) {
                throw new IllegalStateException(peer.name() + ": balances are not the sum of its rows");
            }
        }
    }

    private static void against(Bench bench, Peer peer, Work work, int inFlight) {
        Rounds rounds = Rounds.interleaved(
                bench.sizes().rounds(),
                () -> bench.closed(bench.bursar(), work, inFlight),
                () -> bench.closed(peer, work, inFlight));
        String id = "peer/%s/%s/%d".formatted(Curves.slug(peer.name()), work.id(), inFlight);
        String title = "%s, %,d in flight, vs %s".formatted(work.title(), inFlight, peer.name());
        bench.report()
                .add(Figure.plain(id, title, rounds.throughputRatio(), "x", rounds.beside("bursar", peer.name())));
    }
}
