package io.bursar.bench;

import io.bursar.bench.ledger.DecideBench;
import io.bursar.bench.ledger.HttpBench;
import io.bursar.bench.ledger.InboxBench;
import io.bursar.bench.ledger.LedgerBench;
import io.bursar.bench.ledger.OutboxBench;
import io.bursar.bench.ledger.RetentionBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bursar bench}: one sub-command a subject, each ending in a table or, with {@code --json}, in JSON. */
@Command(
        name = "bench",
        subcommands = {
            StartBench.class,
            LedgerBench.class,
            HttpBench.class,
            InboxBench.class,
            OutboxBench.class,
            RetentionBench.class,
            DecideBench.class
        },
        mixinStandardHelpOptions = true)
final class Main {
    static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
