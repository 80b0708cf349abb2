package io.bursar.ledger;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and earlier legs as they stand while a batch is decided. Each posting works on a sheet of its own above the
 * batch's, which is kept when nothing was found against the posting and dropped otherwise.
 */
final class Worksheet {
    private static final Comparator<AccountState> SOONEST_TO_EXPIRE_FIRST = comparing(
                    Worksheet::lot, comparing(AccountKind.Lot::expiresAt, nullsLast(naturalOrder())))
            .thenComparing(AccountState::id);

    private final @Nullable Worksheet below;
    private final boolean settling;
    private final Map<AccountKey, AccountState> accounts;
    private final Map<LegKey, EarlierLeg> earlier;
    private final Map<AccountKey, List<AccountKey>> lots = new HashMap<>();

    private Worksheet(
            @Nullable Worksheet below,
            boolean settling,
            Map<AccountKey, AccountState> accounts,
            Map<LegKey, EarlierLeg> earlier) {
        this.below = below;
        this.settling = settling;
        this.accounts = accounts;
        this.earlier = earlier;
    }

    /** What was read; {@code settling} when the batch names legs that it settles, its own perhaps. */
    static Worksheet of(Snapshot snapshot, boolean settling) {
        Map<LegKey, EarlierLeg> earlier = new HashMap<>(snapshot.earlier());
        Worksheet sheet = new Worksheet(null, settling, new HashMap<>(snapshot.accounts()), earlier);
        snapshot.accounts().values().forEach(sheet::noteLot);
        return sheet;
    }

    Worksheet above() {
        return new Worksheet(this, settling, new HashMap<>(), new HashMap<>());
    }

    /** Makes what this sheet says true for the one below. */
    void keep() {
        Worksheet sheet = Objects.requireNonNull(below, "the lowest sheet has nothing to keep it");
        sheet.accounts.putAll(accounts);
        sheet.earlier.putAll(earlier);
        lots.forEach((parent, opened) ->
                sheet.lots.computeIfAbsent(parent, _ -> new ArrayList<>()).addAll(opened));
    }

    @Nullable
    AccountState find(AccountKey key) {
        AccountState own = accounts.get(key);
        return own == null && below != null ? below.find(key) : own;
    }

    AccountState account(AccountKey key) {
        return Objects.requireNonNull(find(key), "an account is touched that was not locked");
    }

    void put(AccountState account) {
        accounts.put(account.key(), account);
    }

    void open(AccountState lot) {
        put(lot);
        noteLot(lot);
    }

    /** The accounts that were put on this sheet. */
    Collection<AccountState> touched() {
        return accounts.values();
    }

    /** The lots of an account in the order they are spent in. */
    List<AccountState> lots(AccountKey parent) {
        List<AccountState> found = new ArrayList<>();
        for (Worksheet sheet = this; sheet != null; sheet = sheet.below) {
            sheet.lots.getOrDefault(parent, List.of()).forEach(lot -> found.add(account(lot)));
        }
        found.sort(SOONEST_TO_EXPIRE_FIRST);
        return found;
    }

    @Nullable
    EarlierLeg earlier(LegKey key) {
        EarlierLeg own = earlier.get(key);
        return own == null && below != null ? below.earlier(key) : own;
    }

    /** Whether anybody may ask for the legs of this batch. */
    boolean isSettling() {
        return settling;
    }

    void put(LegKey key, EarlierLeg leg) {
        earlier.put(key, leg);
    }

    private void noteLot(AccountState account) {
        AccountPath parent = account.kind().parent();
        if (parent != null) {
            lots.computeIfAbsent(account.beside(parent), _ -> new ArrayList<>()).add(account.key());
        }
    }

    private static AccountKind.Lot lot(AccountState account) {
        return (AccountKind.Lot) account.kind();
    }
}
