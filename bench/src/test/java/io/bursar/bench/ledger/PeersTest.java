package io.bursar.bench.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PeersTest {
    private static final Population ACCOUNTS = new Population(20);
    private static final int MOVES = 100;

    private final BenchDatabase database = TestServer.SHARED.create("peers");

    static Stream<Arguments> peers() {
        return Stream.of(
                peer(database -> new FunctionPeer(database, ACCOUNTS, 8), "ledger.account", "posted"),
                peer(database -> new ForUpdatePeer(database, ACCOUNTS, 8), "peer.account", "balance"),
                peer(database -> new AtomicPeer(database, ACCOUNTS, 8), "peer.account", "balance"),
                peer(database -> new SavepointPeer(database, ACCOUNTS), "peer.account", "balance"),
                peer(database -> new PgledgerPeer(database, ACCOUNTS, 8), "pgledger.accounts", "balance"));
    }

    private static Arguments peer(Function<BenchDatabase, Peer> kind, String table, String column) {
        return Arguments.of(kind, table, column);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void a_peer_moves_the_money_it_is_asked_to_move(Function<BenchDatabase, Peer> kind, String table, String column)
            throws Exception {
        try (Peer peer = kind.apply(database)) {
            long before = peer.rows();
            for (Work work : Work.values()) {
                move(peer, work);
            }
            assertThat(peer.rows() - before).isEqualTo((long) MOVES * Work.values().length);
            assertThat(peer.mismatches()).isZero();

            String forge = "UPDATE %1$s SET %2$s = %2$s + %3$d WHERE %2$s = (SELECT max(%2$s) FROM %1$s)";
            database.execute(forge.formatted(table, column, 1));
            assertThat(peer.mismatches()).as("after a balance was forged").isEqualTo(1);
            database.execute(forge.formatted(table, column, -1));
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void a_peer_judges_the_floor_of_the_payer(Function<BenchDatabase, Peer> kind, String table, String column) {
        try (Peer peer = kind.apply(database)) {
            Move tooMuch = new Move(ACCOUNTS.payer(), 0, 2_000_000_000_000_000L, false, "too much of " + peer.name());
            assertThatThrownBy(() -> peer.transfer(tooMuch)).isNotNull();
            assertThat(peer.mismatches()).isZero();
        }
    }

    @Test
    void the_copy_limit_writes_the_rows_of_the_ledger_under_another_book() throws Exception {
        try (BursarTarget bursar = BursarTarget.open(database, "copied", ACCOUNTS)) {
            move(bursar, Work.UNIFORM);
            String rows = "SELECT count(*) FROM ledger.transfer";
            double before = database.number(rows);
            Sample sample = new CopyLimit(database).measure(bursar.book().value());
            int withFunding = MOVES + 1;
            assertThat(sample.latencies().getTotalCount()).isEqualTo(withFunding);
            assertThat(database.number(rows)).isEqualTo(before + withFunding);
        }
    }

    private static void move(Target target, Work work) throws Exception {
        SplittableRandom random = new SplittableRandom();
        List<Future<?>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < MOVES; i++) {
                Move move = work.next(ACCOUNTS, random);
                answers.add(callers.submit(() -> {
                    target.transfer(move);
                    return move;
                }));
            }
        }
        for (Future<?> answer : answers) {
            answer.get();
        }
    }
}
