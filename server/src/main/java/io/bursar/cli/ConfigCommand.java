package io.bursar.cli;

import io.bursar.platform.AllSettings;
import io.bursar.platform.Setting;
import io.bursar.platform.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code bursar config}: what {@code serve} would run with here, and what it would refuse. */
@Command(
        name = "config",
        description = {
            "Prints every setting, what it comes to and where that comes from. Secrets are masked.",
            "Starts and opens nothing.",
            "Exit codes: 0 serve would start with these, 1 it would refuse them, 2 asked wrongly."
        },
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    private static final int REFUSED = 1;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, String> environment;

    @Option(names = "--json", description = "as JSON, problems included")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private ConfigCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new ConfigCommand(environment));
    }

    record Line(String name, String value, String source) {
        static Line of(Setting setting) {
            return new Line(
                    setting.name(), setting.value(), setting.source().name().toLowerCase(Locale.ROOT));
        }
    }

    record Report(List<Line> settings, List<String> problems) {}

    @Override
    public Integer call() {
        Settings settings = new Settings(environment);
        AllSettings.read(settings);
        Report report = new Report(settings.effective().stream().map(Line::of).toList(), settings.problems());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(report));
        } else {
            print(report, out, spec.commandLine().getErr());
        }
        out.flush();
        return report.problems().isEmpty() ? 0 : REFUSED;
    }

    private static void print(Report report, PrintWriter out, PrintWriter err) {
        int widest = report.settings().stream()
                .mapToInt(line -> line.name().length())
                .max()
                .orElse(1);
        String format = "%-" + widest + "s  %-11s  %s%n";
        report.settings()
                .forEach(line -> out.printf(
                        Locale.ROOT,
                        format,
                        line.name(),
                        line.source(),
                        line.value().isEmpty() ? "not set" : line.value()));
        out.flush();
        report.problems().forEach(problem -> err.println(" - " + problem));
        err.flush();
    }
}
