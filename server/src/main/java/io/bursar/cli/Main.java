package io.bursar.cli;

import io.bursar.Bursar;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code bursar}: every command the product itself runs. The demo and the benchmarks bring a main of their own. */
@Command(name = "bursar", subcommands = Main.Serve.class, mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        LoggingSystem.get(Main.class.getClassLoader()).beforeInitialize(); // silence until Spring says where logs go
        int code = commandLine(System.getenv(), System.in).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    static CommandLine commandLine(Map<String, String> environment, InputStream in) {
        return commandLine(environment, in, Terminal::line);
    }

    /** {@code terminal} answers questions, or says that nobody is there. */
    static CommandLine commandLine(
            Map<String, String> environment, InputStream in, Function<String, Optional<String>> terminal) {
        return new CommandLine(new Main())
                .addSubcommand(LedgerCommand.commandLine(environment))
                .addSubcommand(ConfigCommand.commandLine(environment))
                .addSubcommand(OperatorCommand.commandLine(environment, in))
                .addSubcommand(new BackupCommand(environment))
                .addSubcommand(new RestoreCommand(environment, terminal));
    }

    @Command(name = "serve", description = "Serves until it is told to stop.", mixinStandardHelpOptions = true)
    static final class Serve implements Callable<Integer> {
        @Override
        public Integer call() {
            Bursar.start(System.getenv(), Clock.systemUTC());
            OrderlyStop.install();
            return 0;
        }
    }
}
