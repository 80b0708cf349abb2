package io.bursar.bench.ledger;

import io.bursar.Bursar;
import io.bursar.books.ApiBooks;
import io.bursar.books.Books;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Scope;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.Book;
import io.bursar.ledger.Ledger;
import io.bursar.platform.Database;
import io.bursar.platform.Job;
import io.bursar.shared.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The product as {@code serve} starts it, on a database of its own, with a book for the API and one route more that
 * does nothing: it takes JSON and answers it, through the same filters, for everybody.
 */
final class HttpServer implements AutoCloseable {
    static final String NO_OP = "/api/v1/no-op";
    private static final Actor ACTOR = Actor.system("bench");
    private static final int KEY_BYTES = 32;

    private final Path home;
    private final ConfigurableApplicationContext context;
    private final String key;
    private final BenchDatabase database;

    private HttpServer(Path home, ConfigurableApplicationContext context, String key) {
        this.home = home;
        this.context = context;
        this.key = key;
        this.database =
                new BenchDatabase(context.getBean(Database.class).logins().app());
    }

    static HttpServer start(@Nullable Path parent, int accounts) {
        // Standard output is for figures.
        System.setProperty("logging.level.root", "OFF");
        Path home = newHome(parent);
        byte[] sealing = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(sealing);
        ConfigurableApplicationContext context = Bursar.start(
                Map.of(
                        "PORT",
                        "0",
                        "BURSAR_HOME",
                        home.toString(),
                        "ENCRYPTION_KEY",
                        Base64.getEncoder().encodeToString(sealing),
                        "LEDGER_CALLS_PER_MINUTE",
                        "6000000"),
                Clock.systemUTC());
        addNoOp(context);
        return new HttpServer(home, context, openBook(context, accounts));
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** The server's own, as the role that serves. */
    BenchDatabase database() {
        return database;
    }

    /** Runs one of the server's jobs, on this thread. */
    void run(String job) {
        context.getBeansOfType(Job.class).values().stream()
                .filter(candidate -> candidate.name().equals(job))
                .findFirst()
                .orElseThrow()
                .run();
    }

    /** Opens the book and holds both scopes. */
    String key() {
        return key;
    }

    static String account(int number) {
        return "account/" + number;
    }

    @Override
    public void close() {
        database.close();
        context.close();
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Access(Principal.Public.class)
    static final class NoOp {
        record Body(String text) {}

        @ResponseBody
        public Body answer(@RequestBody Body body) {
            return body;
        }
    }

    private static void addNoOp(ConfigurableApplicationContext context) {
        RequestMappingHandlerMapping mappings =
                context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        RequestMappingInfo route = RequestMappingInfo.paths(NO_OP)
                .methods(RequestMethod.POST)
                .consumes(MediaType.APPLICATION_JSON_VALUE)
                .produces(MediaType.APPLICATION_JSON_VALUE)
                .options(mappings.getBuilderConfiguration())
                .build();
        try {
            mappings.registerMapping(route, new NoOp(), NoOp.class.getMethod("answer", NoOp.Body.class));
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String openBook(ConfigurableApplicationContext context, int accounts) {
        ApiBooks books = context.getBean(ApiBooks.class);
        books.open("bench", ACTOR);
        Ledger ledger = context.getBean(Books.class).ledger();
        Book book = ledger.books().stream().filter(books::isForApi).findFirst().orElseThrow();
        ledger.openAccounts(
                book.id(),
                IntStream.range(0, accounts)
                        .mapToObj(number -> AccountSpec.withoutFloor(account(number), BursarTarget.UNIT))
                        .toList(),
                ACTOR.text(),
                "bench");
        return books.issueKey(book, Set.of(Scope.LEDGER_POST), ACTOR).key();
    }

    private static Path newHome(@Nullable Path parent) {
        try {
            return parent == null
                    ? Files.createTempDirectory("bursar-bench")
                    : Files.createTempDirectory(Files.createDirectories(parent), "bursar-bench");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
