package io.bursar.bench.ledger;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bursar bench decide}: JMH on the ledger's pure decision. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "What deciding costs without a database, hashes included, by JMH.")
public final class DecideBench implements Callable<Integer> {
    @Option(names = "--json", description = "Print a list of {id,figure,unit,atLeast,aim,holds} and nothing else.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(command).commandLine();
        Report report = new Report(commandLine.getErr());
        Decide.measure(report);
        report.print(commandLine.getOut(), json);
        return 0;
    }
}
