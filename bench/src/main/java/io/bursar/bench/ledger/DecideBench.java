package io.bursar.bench.ledger;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bursar bench decide}: JMH on the ledger's pure decision. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "What deciding costs without a database, hashes included, by JMH.")
public final class DecideBench implements Callable<Integer> {
    @Option(names = "--json", description = "Print a list of {id,figure,unit,atLeast,aim,holds} and nothing else.")
    private boolean json;

    @Override
    public Integer call() {
        Report report = new Report(System.err);
        Decide.measure(report);
        System.out.print(json ? report.json() + System.lineSeparator() : report.table());
        return 0;
    }
}
