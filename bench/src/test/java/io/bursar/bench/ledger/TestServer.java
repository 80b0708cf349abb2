package io.bursar.bench.ledger;

/** One server for the tests of this JVM; every test makes a database of its own. It ends with the JVM. */
final class TestServer {
    static final BenchServer SHARED = BenchServer.embedded(null);
    static final BenchDatabase DATABASE = SHARED.create("tests");

    private TestServer() {}
}
