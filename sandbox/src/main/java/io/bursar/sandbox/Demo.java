package io.bursar.sandbox;

import static java.util.Objects.requireNonNull;

import io.bursar.Bursar;
import io.bursar.platform.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bursar demo}: the product, its database and stand-ins for the outside world in one JVM. Bursar gets its clock
 * from here and nothing else; whatever the demo wants of it, it asks for over HTTP like anybody else.
 */
@Command(
        name = "demo",
        description = "Everything on this machine, with believable data. Ctrl-C stops it; a second start goes on.",
        mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {
    private static final long CHAIN_DEFAULT = 8453;

    @Option(names = "--port", description = "Where Bursar listens; 0 takes any free port (default: 8080).")
    private int port = 8080;

    @Option(names = "--home", description = "Where the demo keeps its data (default: ./data/demo).")
    private Path home = Path.of("data", "demo");

    @Option(names = "--fresh", description = "Forget an earlier demo in that place.")
    private boolean fresh;

    @Option(names = "--evm-rpc", description = "Another EVM node instead of the stand-in; then no chain demo data.")
    private @Nullable String evmRpc;

    @Option(names = "--chain", description = "The chain which that node serves (default: 8453).")
    private long chain = CHAIN_DEFAULT;

    static void main(String[] arguments) {
        int code = new CommandLine(new Demo())
                .setExecutionExceptionHandler((failure, command, parsed) -> refuse(failure, command))
                .execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    /** Returns only by failing: Ctrl-C ends the JVM, Spring closes Bursar in a hook, and the stand-ins go with it. */
    @Override
    public Integer call() throws InterruptedException {
        var directory = DemoHome.open(home, fresh);
        var previous = directory.read();
        quietly(directory.log());
        var clock = Clock.systemUTC();
        previous.ifPresent(this::requireSameChain);
        var outside = StandIns.start(directory, chain, evmRpc == null, previous, clock);
        var evmRpcUrl = evmRpc == null ? requireNonNull(outside.node()).url() : evmRpc;
        var file = DemoGenesis.checked(first(previous, outside.addresses(evmRpcUrl)), evmRpcUrl);
        directory.write(file);

        int chosen = port == 0 ? freePort() : port;
        var context = Bursar.start(DemoSettings.of(file, directory, outside, chosen), clock);
        file = file.serving("http://127.0.0.1:" + chosen, database(context), triageDatabase(context));
        directory.write(file);
        file = new DemoData(directory, outside).complete(file);
        announce(file, directory, outside);
        new CountDownLatch(1).await();
        return 0;
    }

    private void requireSameChain(DemoFile previous) {
        if (previous.chainId() != chain) {
            throw new IllegalStateException("%s was made for chain %d, not %d: start with --fresh, or another --home"
                    .formatted(home, previous.chainId(), chain));
        }
    }

    private DemoFile first(Optional<DemoFile> previous, DemoFile.Sandbox sandbox) {
        return previous.map(file -> file.at(sandbox))
                .orElseGet(() -> new DemoFile(
                        "",
                        new DemoFile.SignIn("ada@bursar.example", DemoHome.newPassword()),
                        new DemoFile.SignIn("vera@bursar.example", DemoHome.newPassword()),
                        null,
                        null,
                        sandbox,
                        "",
                        "",
                        chain,
                        "",
                        false));
    }

    private static String database(ConfigurableApplicationContext context) {
        return context.getBean(Database.class).logins().owner().psqlUrl();
    }

    private static String triageDatabase(ConfigurableApplicationContext context) {
        return context.getBean(Database.class)
                .logins()
                .triage()
                .map(login -> login.psqlUrl())
                .orElse("");
    }

    private void announce(DemoFile file, DemoHome home, StandIns outside) {
        var wallet =
                outside.node() == null ? "(bring your own)" : outside.node().url() + "/wallet";
        var out = requireNonNull(spec).commandLine().getOut();
        out.printf(
                """
                ready %1$s

                  Sign in     %1$s/login
                    operator  %2$s  %3$s
                    viewer    %4$s  %5$s
                  Mailbox     %6$s
                  Wallet      %7$s
                  Webhooks    %8$s
                  All of it   %9$s
                  Log         %10$s

                Ctrl-C stops it; the next start goes on where this one ends.
                """,
                file.baseUrl(),
                file.operator().email(),
                file.operator().password(),
                file.viewer().email(),
                file.viewer().password(),
                file.sandbox().mailUrl(),
                wallet,
                file.sandbox().webhookReceiverUrl(),
                home.path().resolve("demo.json"),
                home.log());
        out.flush();
    }

    /** Standard output belongs to the ready line; everything else is in the log. */
    private static void quietly(Path log) {
        System.setProperty("logging.file.name", log.toString());
        System.setProperty("logging.threshold.console", "off");
    }

    /** Spring's own messages tell of beans; what its root cause says is meant for people. */
    private static int refuse(Exception failure, CommandLine command) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean ours = !failure.getClass().getName().startsWith("org.springframework");
        var err = command.getErr();
        err.println(
                ours && failure.getCause() != null
                        ? failure.getMessage() + ": " + cause.getMessage()
                        : cause.getMessage());
        err.flush();
        return 1;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
