package io.bursar.books.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Puts a database that breaks for the ledger alone under a Bursar that is started by whoever asked for it. */
@Component
final class BreakableDatabase implements BeanPostProcessor {
    /** Of the thread that starts the Bursar. */
    static final ThreadLocal<@Nullable Network> NETWORK = new ThreadLocal<>();

    /** What lies between the ledger and its database. */
    static final class Network {
        final CountDownLatch commitLost = new CountDownLatch(1);
        private volatile boolean away;
        private volatile boolean losesCommit;

        void cut() {
            away = true;
        }

        /** The next commit of the ledger is made, its answer is lost, and nothing goes through any more. */
        void loseCommit() {
            losesCommit = true;
        }

        void mend() {
            away = false;
            losesCommit = false;
        }

        private void check() throws SQLException {
            if (away) {
                throw new SQLException("connection refused", "08001");
            }
        }

        private void committed() throws SQLException {
            if (losesCommit) {
                cut();
                commitLost.countDown();
                check();
            }
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        Network network = NETWORK.get();
        return network != null && bean instanceof DataSource source ? dataSource(source, network) : bean;
    }

    private static DataSource dataSource(DataSource source, Network network) {
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection") || !askedByTheLedger()) {
                return call(source, method, arguments);
            }
            network.check();
            return connection((Connection) call(source, method, arguments), network);
        });
    }

    private static Connection connection(Connection connection, Network network) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().startsWith("prepare")) {
                network.check();
            }
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement
                            && String.valueOf(arguments[0]).endsWith("COMMIT")
                    ? committing(statement, network)
                    : result;
        });
    }

    private static PreparedStatement committing(PreparedStatement statement, Network network) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            Object result = call(statement, method, arguments);
            if (method.getName().startsWith("execute")) {
                network.committed();
            }
            return result;
        });
    }

    private static boolean askedByTheLedger() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith("io.bursar.ledger.")));
    }

    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> handler.handle(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
