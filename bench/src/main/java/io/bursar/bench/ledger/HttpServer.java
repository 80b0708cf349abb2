package io.bursar.bench.ledger;

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
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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

    private final Product product;
    private final String key;
    private final BenchDatabase database;

    private HttpServer(Product product, String key) {
        this.product = product;
        this.key = key;
        this.database = new BenchDatabase(product.bean(Database.class).logins().app());
    }

    static HttpServer start(@Nullable Path parent, int accounts) {
        Product product = Product.start(parent, Map.of("LEDGER_CALLS_PER_MINUTE", "6000000"));
        addNoOp(product.context());
        return new HttpServer(product, openBook(product.context(), accounts));
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return product.port();
    }

    /** The server's own, as the role that serves. */
    BenchDatabase database() {
        return database;
    }

    /** Runs one of the server's jobs, on this thread. */
    void run(String job) {
        product.context().getBeansOfType(Job.class).values().stream()
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
        product.close();
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
}
