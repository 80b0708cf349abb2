package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Opens books and accounts. */
final class Accounts {
    private final DataSource dataSource;
    private final Clock clock;
    private final UuidV7 ids;

    Accounts(DataSource dataSource, Clock clock, UuidV7 ids) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.ids = ids;
    }

    BookId openBook(String name) {
        return Sql.write(dataSource, connection -> new AccountStore(connection).openBook(ids.next(), name, now()));
    }

    List<AccountOpening> open(BookId book, List<AccountSpec> specs, String actor, String reason) {
        return Sql.write(dataSource, connection -> open(connection, book, specs, actor, reason));
    }

    private List<AccountOpening> open(
            Connection connection, BookId book, List<AccountSpec> specs, String actor, String reason)
            throws SQLException {
        AccountStore store = new AccountStore(connection);
        if (!store.hasBook(book)) {
            return specs.stream()
                    .<AccountOpening>map(spec -> new AccountOpening.UnknownBook(spec.path(), book))
                    .toList();
        }
        Set<AccountPath> opened =
                store.open(book, openings(book, specs, actor, reason).values());
        Map<AccountPath, Account> existing =
                store.accounts(book, specs.stream().map(AccountSpec::path).toList()).stream()
                        .collect(Collectors.toMap(Account::path, Function.identity()));
        return specs.stream()
                .map(spec -> answer(spec, opened.remove(spec.path()), existing))
                .toList();
    }

    /** By path, so that two callers who open the same accounts wait for each other in one order. */
    private Map<AccountPath, AccountEvent> openings(BookId book, List<AccountSpec> specs, String actor, String reason) {
        Instant at = now();
        Map<AccountPath, AccountEvent> openings = new LinkedHashMap<>();
        specs.stream()
                .sorted(Comparator.comparing(spec -> spec.path().value()))
                .forEach(spec -> openings.computeIfAbsent(
                        spec.path(),
                        path -> AccountEvent.opened(new AccountKey(book, path), ids.next(), spec, at, actor, reason)));
        return openings;
    }

    private static AccountOpening answer(AccountSpec spec, boolean opened, Map<AccountPath, Account> existing) {
        Account account = Objects.requireNonNull(existing.get(spec.path()), "accounts never go");
        AccountSpec found = new AccountSpec(account.path(), account.unit(), account.policy());
        if (!found.equals(spec)) {
            return new AccountOpening.Differs(spec, found);
        }
        return opened ? new AccountOpening.Opened(spec.path()) : new AccountOpening.AlreadyOpen(spec.path());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
