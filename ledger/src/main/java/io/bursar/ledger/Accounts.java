package io.bursar.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
        Map<AccountPath, AccountOpening> unlinkable = unlinkable(store, book, specs);
        List<AccountSpec> sound = specs.stream()
                .filter(spec -> !unlinkable.containsKey(spec.path()))
                .toList();
        Set<AccountPath> opened = store.open(openings(book, sound, actor, reason));
        Map<AccountPath, AccountSpec> existing =
                existing(store, book, sound.stream().map(AccountSpec::path).toList());
        return specs.stream()
                .map(spec -> unlinkable.containsKey(spec.path())
                        ? Objects.requireNonNull(unlinkable.get(spec.path()))
                        : answer(spec, opened.remove(spec.path()), existing))
                .toList();
    }

    /** The accounts that name others which are not there or not fit, neither in the book nor in the same call. */
    private static Map<AccountPath, AccountOpening> unlinkable(AccountStore store, BookId book, List<AccountSpec> specs)
            throws SQLException {
        List<AccountPath> links =
                specs.stream().flatMap(spec -> spec.kind().links().stream()).toList();
        if (links.isEmpty()) {
            return Map.of();
        }
        Map<AccountPath, Link> known = new HashMap<>();
        store.lockForNaming(book, links).forEach(account -> known.put(account.path(), Link.to(account)));
        specs.forEach(spec -> known.putIfAbsent(spec.path(), Link.to(spec)));
        Map<AccountPath, AccountOpening> unlinkable = new HashMap<>();
        for (AccountSpec spec : specs) {
            for (AccountPath path : spec.kind().links()) {
                Link link = known.get(path);
                if (link == null || !link.fits(spec, path.equals(spec.kind().owed()))) {
                    String expected = "an open single account in " + spec.unit() + ", without limits if it is owed";
                    unlinkable.put(spec.path(), new AccountOpening.Unlinkable(spec.path(), path, expected));
                }
            }
        }
        return unlinkable;
    }

    /** What matters of an account that another one names, as it is now. */
    private record Link(Unit unit, AccountKind kind, Policy policy, boolean closed) {
        static Link to(Account account) {
            return new Link(account.unit(), account.kind(), account.policy(), account.closed());
        }

        static Link to(AccountSpec spec) {
            return new Link(spec.unit(), spec.kind(), spec.policy(), false);
        }

        boolean fits(AccountSpec spec, boolean owed) {
            boolean single = kind.links().isEmpty() && !closed;
            return single && unit.equals(spec.unit()) && (!owed || policy.equals(Policy.NO_FLOOR));
        }
    }

    private static Map<AccountPath, AccountSpec> existing(AccountStore store, BookId book, List<AccountPath> paths)
            throws SQLException {
        Map<AccountPath, AccountSpec> existing = new HashMap<>();
        store.openings(book, paths).forEach(opening -> existing.put(opening.path(), opening));
        return existing;
    }

    /** By path, so that two callers who open the same accounts wait for each other in one order. */
    private List<AccountEvent> openings(BookId book, List<AccountSpec> specs, String actor, String reason) {
        Instant at = now();
        Map<AccountPath, AccountEvent> openings = new LinkedHashMap<>();
        specs.stream()
                .sorted(Comparator.comparing(spec -> spec.path().value()))
                .forEach(spec -> openings.computeIfAbsent(
                        spec.path(),
                        path -> AccountEvent.opened(new AccountKey(book, path), ids.next(), spec, at, actor, reason)));
        return List.copyOf(openings.values());
    }

    private static AccountOpening answer(AccountSpec spec, boolean opened, Map<AccountPath, AccountSpec> existing) {
        AccountSpec found = Objects.requireNonNull(existing.get(spec.path()), "accounts never go");
        if (!found.equals(spec)) {
            return new AccountOpening.Differs(spec, found);
        }
        return opened ? new AccountOpening.Opened(spec.path()) : new AccountOpening.AlreadyOpen(spec.path());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
