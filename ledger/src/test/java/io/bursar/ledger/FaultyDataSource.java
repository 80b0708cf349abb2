package io.bursar.ledger;

import static io.bursar.ledger.Proxies.call;
import static io.bursar.ledger.Proxies.proxy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A database whose connections break, by seed: before any statement, before COMMIT arrives, and after it was carried
 * out but before its answer came. Breaking is real: the connection is aborted and the server ends its session.
 */
final class FaultyDataSource {
    private enum Break {
        BEFORE,
        AFTER
    }

    final AtomicInteger breaks = new AtomicInteger();
    private final DataSource target;
    private final Random random;
    private final int oneIn;

    FaultyDataSource(DataSource target, Random random, int oneIn) {
        this.target = target;
        this.random = random;
        this.oneIn = oneIn;
    }

    DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = call(target, method, arguments);
            return result instanceof Connection connection ? connection(connection) : result;
        });
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Break broken = switch (method.getName()) {
                case "prepareStatement", "unwrap" -> dice() == 0 ? Break.BEFORE : null;
                case "commit" -> dice() == 0 ? Break.BEFORE : dice() == 0 ? Break.AFTER : null;
                default -> null;
            };
            if (broken == null) {
                Object result = call(connection, method, arguments);
                return result instanceof PreparedStatement statement
                                && ((String) arguments[0]).endsWith("COMMIT")
                                && dice() == 0
                        ? breaking(statement, connection)
                        : result;
            }
            breaks.incrementAndGet();
            if (broken == Break.AFTER) {
                call(connection, method, arguments);
            }
            connection.abort(Runnable::run);
            throw new SQLException("the network broke at " + method.getName(), "08006");
        });
    }

    /** A statement that the server carries out, and whose answer never comes. */
    private PreparedStatement breaking(PreparedStatement statement, Connection connection) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            Object result = call(statement, method, arguments);
            if (!method.getName().equals("execute")) {
                return result;
            }
            breaks.incrementAndGet();
            connection.abort(Runnable::run);
            throw new SQLException("the network broke after COMMIT", "08006");
        });
    }

    private synchronized int dice() {
        return random.nextInt(oneIn);
    }
}
