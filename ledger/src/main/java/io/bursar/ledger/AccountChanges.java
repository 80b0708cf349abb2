package io.bursar.ledger;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.AccountChangeStore.Locked;
import io.bursar.ledger.AccountRules.Become;
import io.bursar.ledger.AccountRules.Refuse;
import io.bursar.ledger.AccountRules.Rule;
import io.bursar.ledger.AccountRules.Stay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Changes what an account is: one transaction that locks its row, judges the change on it and adds a hashed event to
 * the account's one sequence and chain. Repeating a change finds it made and adds nothing.
 */
final class AccountChanges {
    private final DataSource dataSource;
    private final Clock clock;

    AccountChanges(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    AccountChange setPolicy(BookId book, AccountPath path, Policy policy, String actor, String reason) {
        return change(AccountRules.policy(policy), new AccountKey(book, path), actor, reason);
    }

    AccountChange freeze(BookId book, AccountPath path, Set<Direction> directions, String actor, String reason) {
        return change(AccountRules.freeze(directions, actor, reason), new AccountKey(book, path), actor, reason);
    }

    AccountChange unfreeze(BookId book, AccountPath path, Set<Direction> directions, String actor, String reason) {
        return change(AccountRules.unfreeze(directions, actor), new AccountKey(book, path), actor, reason);
    }

    AccountChange close(BookId book, AccountPath path, String actor, String reason) {
        return change(AccountRules.close(), new AccountKey(book, path), actor, reason);
    }

    private AccountChange change(Rule rule, AccountKey key, String actor, String reason) {
        Check.signed(actor, reason);
        return Sql.writeAgain(dataSource, connection -> change(connection, rule, key, actor, reason));
    }

    private AccountChange change(Connection connection, Rule rule, AccountKey key, String actor, String reason)
            throws SQLException {
        AccountChangeStore store = new AccountChangeStore(connection);
        Optional<Locked> found = store.lock(key.book(), key.path());
        if (found.isEmpty()) {
            return new AccountChange.UnknownAccount(key.book(), key.path());
        }
        Locked locked = found.get();
        return switch (AccountRules.judge(rule, locked.account(), store.names(key.book(), key.path()))) {
            case Refuse(AccountChange.Reason because, String sentence) -> new AccountChange.Refused(because, sentence);
            case Stay() -> new AccountChange.Unchanged(locked.account());
            case Become become -> {
                store.write(event(key, locked, become, actor, reason));
                yield new AccountChange.Changed(new AccountStore(connection)
                        .account(key.book(), key.path())
                        .orElseThrow());
            }
        };
    }

    /** Its time is taken under the lock and never falls behind the account's last. */
    private AccountEvent event(AccountKey key, Locked locked, Become become, String actor, String reason) {
        Account account = locked.account();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant at = now.isBefore(account.lastAt()) ? account.lastAt() : now;
        AccountEvent unchained = new AccountEvent(
                key,
                locked.id(),
                account.sequence() + 1,
                become.kind(),
                account.unit(),
                account.kind(),
                become.policy(),
                become.freezes(),
                become.closed(),
                at,
                actor,
                reason,
                Hash.ZERO);
        return unchained.chained(locked.lastHash());
    }
}
