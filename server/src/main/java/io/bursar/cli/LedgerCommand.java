package io.bursar.cli;

import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.archive.BookArchive;
import io.bursar.ledger.archive.ExportOutcome;
import io.bursar.ledger.archive.ImportOutcome;
import io.bursar.ledger.proof.ManifestDirectory;
import io.bursar.ledger.proof.Seal;
import io.bursar.ledger.proof.SigningKey;
import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import io.bursar.platform.BareDatabase;
import io.bursar.platform.Database;
import io.bursar.platform.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bursar ledger}: a book as a file, out of one database and into another, and whether it is what was posted. */
@Command(
        name = "ledger",
        description = {
            "Exports, imports and verifies books.",
            "Works on DATABASE_URL, or on the database in BURSAR_HOME while no other Bursar runs there.",
            "Exit codes: 0 done and in order, 1 refused or not in order, 2 asked wrongly, 3 could not be done."
        },
        mixinStandardHelpOptions = true)
final class LedgerCommand {
    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private LedgerCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    static CommandLine commandLine(Map<String, String> environment) {
        return new CommandLine(new LedgerCommand(environment));
    }

    @Command(
            name = "export",
            description = "Verifies a book and writes it to a new file. The format is in ledger/README.md.",
            mixinStandardHelpOptions = true)
    int exportBook(
            @Parameters(paramLabel = "BOOK", description = "name or id") String book,
            @Parameters(paramLabel = "FILE", description = "must not be there yet") Path file,
            @Option(names = "--home", paramLabel = "DIR", description = "instead of BURSAR_HOME") @Nullable Path home) {
        return on(home, true, (dataSource, _) -> {
            Optional<Book> found = find(dataSource, book);
            return found.isEmpty() ? unknown(book) : export(dataSource, found.get(), file);
        });
    }

    private int export(DataSource dataSource, Book book, Path file) throws IOException {
        try (NewFile archive = NewFile.at(file)) {
            ExportOutcome outcome;
            try (OutputStream out = archive.out()) {
                outcome = new BookArchive(dataSource).exportBook(book.id(), out);
            }
            return switch (outcome) {
                case ExportOutcome.Exported(Verification.Sound sound, String sha256) -> {
                    archive.keep();
                    yield told("Exported to %s, sha256 %s.%n%s".formatted(file, sha256, sound(book.name(), sound)));
                }
                case ExportOutcome.UnknownBook(BookId id) -> unknown(id.toString());
                case ExportOutcome.Unsound(Verification.Broken broken) ->
                    refused("Nothing was exported. " + broken(book.name(), broken));
            };
        }
    }

    @Command(
            name = "import",
            description = "Reads an exported book into a database that does not have it, verified or not at all.",
            mixinStandardHelpOptions = true)
    int importBook(
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--manifest", paramLabel = "FILE", description = "of a seal that the book has to fit")
                    @Nullable
                    Path manifest,
            @Option(names = "--key", paramLabel = "FILE", description = "public key of the seal, in PEM") @Nullable
                    Path key,
            @Option(names = "--home", paramLabel = "DIR", description = "instead of BURSAR_HOME") @Nullable Path home)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return on(home, false, (dataSource, settings) -> {
                @Nullable Seal seal = manifest == null ? null : ManifestDirectory.read(manifest);
                if (seal != null && isForged(seal, key, settings)) {
                    return refused("The manifest is not signed by that key, or not about its heads.");
                }
                return switch (new BookArchive(dataSource).importBook(in, seal)) {
                    case ImportOutcome.Imported(Verification.Sound sound) ->
                        told("Imported %s.%n%s"
                                .formatted(file, sound(sound.book().toString(), sound)));
                    case ImportOutcome.BookExists(BookId id, String message) ->
                        refused("Nothing was imported: book %s or its name is there already: %s"
                                .formatted(id, message));
                    case ImportOutcome.Unreadable unreadable -> refused("Nothing was imported: " + unreadable);
                    case ImportOutcome.Unsound(Verification.Broken broken) ->
                        refused("Nothing was imported. " + broken(broken.book().toString(), broken));
                };
            });
        } catch (NoSuchFileException missing) {
            return failed(Answer.ASKED_WRONGLY, "There is no file " + file + ".");
        }
    }

    @Command(
            name = "verify",
            description = "Derives a book again from its rows and holds it against its newest seal.",
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "BOOK", description = "name or id") String book,
            @Option(names = "--manifests", paramLabel = "DIR", description = "instead of LEDGER_MANIFEST_DIR") @Nullable
                    Path manifests,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description = "public key of the seals, instead of LEDGER_SEAL_KEY_FILE")
                    @Nullable
                    Path key,
            @Option(names = "--home", paramLabel = "DIR", description = "instead of BURSAR_HOME") @Nullable Path home) {
        return on(home, true, (dataSource, settings) -> {
            Optional<Book> found = find(dataSource, book);
            if (found.isEmpty()) {
                return unknown(book);
            }
            Optional<Path> directory = given(manifests, settings.text("LEDGER_MANIFEST_DIR"));
            BookId id = found.get().id();
            Optional<Seal> seal = directory.flatMap(each -> new ManifestDirectory(each).newest(id));
            if (manifests != null && seal.isEmpty()) {
                return refused("There is no seal of book %s in %s.".formatted(book, manifests));
            }
            if (seal.isPresent() && isForged(seal.get(), key, settings)) {
                return refused("The newest seal is not signed by that key, or not about its heads.");
            }
            return switch (new Verifier(dataSource).verify(id, seal.orElse(null))) {
                case Verification.Sound sound -> {
                    String against = seal.map(each ->
                                    "It fits the seal of " + each.manifest().sealedAt() + ".")
                            .orElse("It was held against no seal.");
                    yield told(sound(book, sound) + System.lineSeparator() + against);
                }
                case Verification.Broken broken -> refused(broken(book, broken));
            };
        });
    }

    /** Without a key nobody can say, and the operator is told so. */
    private boolean isForged(Seal seal, @Nullable Path key, Settings settings) throws IOException {
        Optional<Path> file = given(key, settings.text("LEDGER_SEAL_KEY_FILE"));
        if (file.isEmpty()) {
            told("The signature of the seal was not checked: there is no --key and no LEDGER_SEAL_KEY_FILE.");
            return false;
        }
        return !seal.isGenuine(SigningKey.publicKey(Files.readString(file.get())));
    }

    private static Optional<Path> given(@Nullable Path option, Optional<String> setting) {
        return option == null ? setting.map(Path::of) : Optional.of(option);
    }

    private static Optional<Book> find(DataSource dataSource, String nameOrId) {
        try (Ledger ledger = Ledger.open(dataSource, Clock.systemUTC())) {
            return ledger.books().stream()
                    .filter(book ->
                            book.name().equals(nameOrId) || book.id().toString().equals(nameOrId))
                    .findFirst();
        }
    }

    private interface Work {
        int on(DataSource dataSource, Settings settings) throws IOException;
    }

    private int on(@Nullable Path home, boolean mustExist, Work work) {
        return new Answer(spec).of(() -> {
            Settings settings = BackupCommand.settings(environment, home);
            if (mustExist && !BareDatabase.exists(settings)) {
                return failed(Answer.ASKED_WRONGLY, BackupCommand.noDatabase(settings));
            }
            try (Database database = Database.open(settings)) {
                return work.on(database.dataSource(), settings);
            }
        });
    }

    private static String sound(String book, Verification.Sound sound) {
        return "Book %s is sound: %d accounts, %d events, %d transfers, %d closings; heads %s."
                .formatted(
                        book, sound.accounts(), sound.events(), sound.transfers(), sound.periods(), sound.headsRoot());
    }

    private static String broken(String book, Verification.Broken broken) {
        return "Book %s is not sound: %s; %d more.".formatted(book, broken.first(), broken.further());
    }

    private int told(String sentence) {
        return new Answer(spec).told(sentence);
    }

    private int unknown(String book) {
        return failed(Answer.ASKED_WRONGLY, "There is no book " + book + ".");
    }

    private int refused(String sentence) {
        return failed(Answer.REFUSED, sentence);
    }

    private int failed(int code, String sentence) {
        return new Answer(spec).failed(code, sentence);
    }
}
