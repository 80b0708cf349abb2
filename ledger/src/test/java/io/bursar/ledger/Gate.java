package io.bursar.ledger;

import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;

/** Keeps whoever asks for a connection waiting until it is opened, so that a batch can be filled to order. */
final class Gate {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    DataSource before(DataSource target) {
        return Proxies.proxy(DataSource.class, (method, arguments) -> {
            asked.countDown();
            open.await();
            return Proxies.call(target, method, arguments);
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
