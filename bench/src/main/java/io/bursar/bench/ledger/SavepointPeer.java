package io.bursar.bench.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Batches of whatever waits, made one after the other inside one transaction, each under a savepoint. */
final class SavepointPeer extends TablesPeer {
    private static final SqlFile SQL = SqlFile.of("peers/savepoints.sql");
    private static final int BATCH_MAX = 8_190;

    private record Waiting(Move move, CompletableFuture<Boolean> answer) {}

    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread worker =
            Thread.ofPlatform().name("savepoints").daemon().unstarted(this::work);

    SavepointPeer(BenchDatabase database, Population accounts) {
        super(database, accounts, 1, SQL.statement("install"));
        worker.start();
    }

    @Override
    public String name() {
        return "savepoint batches";
    }

    @Override
    public void transfer(Move move) throws InterruptedException, ExecutionException {
        Waiting waiting = new Waiting(move, new CompletableFuture<>());
        queue.add(waiting);
        if (!waiting.answer().get()) {
            throw new IllegalStateException("not made: " + move);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
        super.close();
    }

    private void work() {
        try {
            while (true) {
                List<Waiting> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH_MAX - 1);
                answer(batch);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(List<Waiting> batch) {
        try {
            Boolean[] made = transfer(batch);
            for (int i = 0; i < made.length; i++) {
                batch.get(i).answer().complete(made[i]);
            }
        } catch (SQLException failed) {
            batch.forEach(waiting -> waiting.answer().completeExceptionally(failed));
        }
    }

    private Boolean[] transfer(List<Waiting> batch) throws SQLException {
        try (Connection connection = pool().getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL.statement("transfer"))) {
            statement.setArray(1, connection.createArrayOf("bigint", column(batch, Move::from)));
            statement.setArray(2, connection.createArrayOf("bigint", column(batch, Move::to)));
            statement.setArray(3, connection.createArrayOf("bigint", column(batch, Move::amount)));
            statement.setArray(4, connection.createArrayOf("text", column(batch, Move::reference)));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return (Boolean[]) row.getArray(1).getArray();
            }
        }
    }

    private static Object[] column(List<Waiting> batch, Function<Move, Object> value) {
        return batch.stream().map(waiting -> value.apply(waiting.move())).toArray();
    }
}
