package io.bursar.platform;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The main of a JVM that is there to be killed. */
final class KillableDatabase {
    static final String WRITTEN = "written";

    private KillableDatabase() {}

    static void main(String[] arguments) throws InterruptedException {
        Database database = Database.open(new Settings(Map.of("BURSAR_HOME", arguments[0])));
        EmbeddedDatabaseTest.owner(database)
                .sql("CREATE TABLE platform.kept AS SELECT 'acknowledged' AS word")
                .update();
        System.out.println(WRITTEN);
        new CountDownLatch(1).await();
    }
}
