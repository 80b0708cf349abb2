package io.bursar.cli;

import io.bursar.identity.OperatorCreation;
import io.bursar.identity.OperatorView;
import io.bursar.identity.Role;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code bursar operator}: who may sign in to the console, for whoever holds its database and its key. */
@Command(
        name = "operator",
        description = {
            "Adds operators, unlocks them, takes a lost second factor away, lists them.",
            "Works on DATABASE_URL or on the database in BURSAR_HOME, whether a Bursar runs there or not, and takes the"
                    + " ENCRYPTION_KEY it runs with. Every change is audited as made by system/cli, with its reason.",
            "Exit codes: 0 done, 1 refused, 2 asked wrongly, 3 could not be done."
        },
        mixinStandardHelpOptions = true)
final class OperatorCommand extends DatabaseCommand {
    private static final Actor CLI = Actor.system("cli");
    private static final int REASON_LENGTH_MAX = 500;

    private final InputStream in;
    private final JsonMapper json = JsonMapper.builder().build();

    private OperatorCommand(Map<String, String> environment, InputStream in) {
        super(environment);
        this.in = in;
    }

    static CommandLine commandLine(Map<String, String> environment, InputStream in) {
        return new CommandLine(new OperatorCommand(environment, in)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    static final class Common {
        @Option(names = "--home", paramLabel = "DIR", description = "instead of BURSAR_HOME")
        @Nullable
        Path home;

        @Option(names = "--json", description = "one JSON object, refusals included")
        boolean asJson;
    }

    private interface Work {
        int with(OperatorTools tools);
    }

    @Command(
            name = "add",
            description = {
                "Adds an operator, who can sign in at once.",
                "The password is asked for; without a terminal it is the first line of standard input."
            },
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "as the console shows it")
                    String name,
            @Option(names = "--role", required = true, description = "${COMPLETION-CANDIDATES}") Role role,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "for the audit log")
                    String reason,
            @Mixin Common common)
            throws IOException {
        Optional<String> password = password();
        if (password.isEmpty()) {
            return refused(common, "password", "The two passwords differ, or there is none on standard input.");
        }
        return with(common, reason, tools -> {
            OperatorCreation outcome = tools.operators().add(email, name, role, password.get(), CLI, reason.strip());
            return switch (outcome) {
                case OperatorCreation.Created(OperatorView made) ->
                    done(common, "added", made, Map.of(), "%s can sign in as %s.", made.email(), word(made.role()));
                case OperatorCreation.Refused(String field, String sentence) -> refused(common, field, sentence);
            };
        });
    }

    @Command(
            name = "unlock",
            description = "Lets an operator try to sign in again from everywhere, after too many failures.",
            mixinStandardHelpOptions = true)
    int unlock(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "for the audit log")
                    String reason,
            @Mixin Common common) {
        return about(email, common, reason, (tools, operator) -> {
            long locked = tools.operators().unlock(operator, CLI, reason.strip());
            String sentence = "%s may try again; %d locked clients before.";
            return done(common, "unlocked", operator, Map.of("lockedClients", locked), sentence, email, locked);
        });
    }

    @Command(
            name = "reset-totp",
            description = {
                "Takes an operator's second factor away, when phone and recovery codes are lost.",
                "Ends their sessions. Their password alone signs them in until they set up another."
            },
            mixinStandardHelpOptions = true)
    int resetTotp(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "for the audit log")
                    String reason,
            @Mixin Common common) {
        return about(email, common, reason, (tools, operator) -> switch (tools.secondFactors()
                .reset(operator.id(), CLI, reason.strip())) {
            case DONE -> done(common, "reset", operator, Map.of(), "%s has no second factor any more.", email);
            case NONE, ONESELF -> refused(common, "email", email + " has no second factor.");
        });
    }

    @Command(name = "list", description = "Lists the operators.", mixinStandardHelpOptions = true)
    int list(@Mixin Common common) {
        return with(common, null, tools -> {
            List<OperatorView> operators = tools.operators().list();
            Set<UUID> holders = tools.secondFactors().holders();
            if (common.asJson) {
                return told(json.writeValueAsString(operators.stream()
                        .map(operator -> members(operator, Map.of("secondFactor", holders.contains(operator.id()))))
                        .toList()));
            }
            operators.forEach(operator -> told("%-40s %-8s %-13s %s"
                    .formatted(
                            operator.email(),
                            word(operator.role()),
                            holders.contains(operator.id()) ? "with a code" : "password only",
                            operator.disabledAt() == null ? "" : "ended " + operator.disabledAt())));
            return DONE;
        });
    }

    private interface WorkAbout {
        int with(OperatorTools tools, OperatorView operator);
    }

    private int about(String email, Common common, String reason, WorkAbout work) {
        return with(common, reason, tools -> {
            Optional<OperatorView> operator = tools.operators().find(email);
            return operator.isEmpty()
                    ? refused(common, "email", "There is no operator " + email + ".")
                    : work.with(tools, operator.get());
        });
    }

    private int with(Common common, @Nullable String reason, Work work) {
        if (reason != null && (reason.isBlank() || reason.strip().length() > REASON_LENGTH_MAX)) {
            return refused(common, "reason", "A reason has 1 to " + REASON_LENGTH_MAX + " characters.");
        }
        return on(common.home, Opening.RUNNING_TOO, (database, settings) -> {
            try (OperatorTools tools = new OperatorTools(database, settings, Clock.systemUTC())) {
                return work.with(tools);
            }
        });
    }

    private Optional<String> password() throws IOException {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isEmpty()) {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine());
        }
        Console console = terminal.get();
        char[] first = console.readPassword("Password: ");
        char[] again = console.readPassword("Once more: ");
        return first != null && Arrays.equals(first, again) ? Optional.of(new String(first)) : Optional.empty();
    }

    private int done(
            Common common,
            String outcome,
            OperatorView operator,
            Map<String, ?> more,
            String sentence,
            Object... words) {
        if (!common.asJson) {
            return told(sentence.formatted(words));
        }
        Map<String, Object> members = members(operator, more);
        members.put("outcome", outcome);
        return told(json.writeValueAsString(members));
    }

    private int refused(Common common, String field, String sentence) {
        if (!common.asJson) {
            return refused(sentence);
        }
        told(json.writeValueAsString(Map.of("outcome", "refused", "field", field, "sentence", sentence)));
        return REFUSED;
    }

    private static Map<String, Object> members(OperatorView operator, Map<String, ?> more) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", IdText.of("opr", operator.id()));
        members.put("email", operator.email());
        members.put("name", operator.name());
        members.put("role", word(operator.role()));
        members.put("enabled", operator.disabledAt() == null);
        members.putAll(more);
        return members;
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
