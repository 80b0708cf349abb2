package io.bursar.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Keeps whoever asks for a connection waiting until it is opened, so that a batch can be filled to order. */
final class Gate {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    DataSource before(DataSource target) {
        return (DataSource) Proxy.newProxyInstance(
                Gate.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
                    asked.countDown();
                    open.await();
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Returns when somebody waits at the gate. */
    void awaitSomebody() throws InterruptedException {
        asked.await();
    }

    void open() {
        open.countDown();
    }
}
