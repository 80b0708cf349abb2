package io.bursar.books;

import io.bursar.audit.Audit;
import io.bursar.identity.ApiKeySummary;
import io.bursar.identity.ApiKeys;
import io.bursar.identity.IssuedApiKey;
import io.bursar.identity.KeyOverlap;
import io.bursar.identity.KeyOwner;
import io.bursar.identity.Scope;
import io.bursar.ledger.Book;
import io.bursar.ledger.BookId;
import io.bursar.shared.Actor;
import io.bursar.shared.Check;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Books for programs of the operator's own, and the keys to them. They are told by their names, which begin with {@code
 * api/}: the books of the systems are never opened to a key, because what is posted there has to be theirs.
 */
@Component
public class ApiBooks {
    private static final String PREFIX = "api/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

    private final Books books;
    private final ApiKeys keys;
    private final Audit audit;
    private final TransactionTemplate transactions;

    ApiBooks(Books books, ApiKeys keys, Audit audit, TransactionTemplate transactions) {
        this.books = books;
        this.keys = keys;
        this.audit = audit;
        this.transactions = transactions;
    }

    public sealed interface Opening {
        record Opened(BookId book) implements Opening {}

        record NameTaken() implements Opening {}

        record NameInvalid() implements Opening {}
    }

    /** Opens a book of that name, to which nobody has a key yet. */
    public Opening open(String name, Actor actor) {
        if (!NAME.matcher(name).matches()) {
            return new Opening.NameInvalid();
        }
        if (books.ledger().books().stream().anyMatch(book -> book.name().equals(PREFIX + name))) {
            return new Opening.NameTaken();
        }
        BookId book = books.open(PREFIX + name);
        transactions.executeWithoutResult(
                _ -> audit.record(actor, "book.opened", subject(book), Map.of(), Map.of("name", PREFIX + name), null));
        return new Opening.Opened(book);
    }

    public boolean isForApi(Book book) {
        return book.name().startsWith(PREFIX);
    }

    public IssuedApiKey issueKey(Book book, Set<Scope> scopes, Actor actor) {
        Check.that(isForApi(book), "key to the book %s (expected: one whose name begins with %s)", book.name(), PREFIX);
        return Objects.requireNonNull(
                transactions.execute(_ -> keys.issueForBook(book.id().value(), scopes, actor)));
    }

    /** A new secret for a key; empty when there is no such key alive. */
    public Optional<IssuedApiKey> rotateKey(Book book, UUID credentialId, KeyOverlap overlap, Actor actor) {
        return transactions.execute(_ -> keys.rotate(owner(book.id()), credentialId, overlap, actor));
    }

    /** True when the secret before a rotation still worked. */
    public boolean endPreviousSecret(Book book, UUID credentialId, Actor actor) {
        return Boolean.TRUE.equals(transactions.execute(_ -> keys.endPrevious(owner(book.id()), credentialId, actor)));
    }

    /** True when it was alive. */
    public boolean revokeKey(Book book, UUID credentialId, Actor actor) {
        return Boolean.TRUE.equals(transactions.execute(_ -> keys.revoke(owner(book.id()), credentialId, actor)));
    }

    public List<ApiKeySummary> keys(BookId book) {
        return keys.of(owner(book));
    }

    private static KeyOwner owner(BookId book) {
        return new KeyOwner.Book(book.value());
    }

    private static String subject(BookId book) {
        return "book/" + book.value();
    }
}
