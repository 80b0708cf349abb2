package io.bursar.ledger;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.OutcomeUnknown;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.PostedLeg;
import io.bursar.ledger.Outcome.Rejected;
import io.bursar.ledger.Outcome.SideAfter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of accounts and postings, decides all postings as one batch, and writes the table again with the
 * outcomes that came out, so that a test compares text with text.
 *
 * <pre> account wallet USD/2 balance=500 floor=0 post a: move wallet bank 200 USD/2 &amp; commit seen/7 0 -> posted
 * wallet=300 bank=-300 </pre>
 */
final class DeciderTable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final BookId book = new BookId(new UUID(1, 1));
    private final UuidV7 ids = new UuidV7(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Map<AccountKey, AccountState> accounts = new HashMap<>();
    private final Map<BookId, LocalDate> closedThrough = new HashMap<>();
    private final List<Submission> batch = new ArrayList<>();

    private DeciderTable() {}

    static String decided(String table) {
        DeciderTable parsed = new DeciderTable();
        List<String> lines =
                table.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        lines.forEach(parsed::read);
        Deque<Outcome> outcomes = new ArrayDeque<>(parsed.decide().outcomes());
        return lines.stream()
                        .map(line -> line.startsWith("post ") ? outcome(line, outcomes.removeFirst()) : line)
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    static Decision decision(String table) {
        DeciderTable parsed = new DeciderTable();
        table.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(parsed::read);
        return parsed.decide();
    }

    private Decision decide() {
        return Decider.decide(new Snapshot(accounts, Map.of(), Map.of(), closedThrough), batch, NOW);
    }

    private void read(String line) {
        List<String> words = List.of(line.split(" +", -1));
        switch (words.getFirst()) {
            case "account" -> readAccount(words);
            case "post" -> readPosting(line);
            case "closed" -> closedThrough.put(book, LocalDate.parse(words.get(1)));
            default -> throw new IllegalArgumentException("line: " + line + " (expected: account, closed or post)");
        }
    }

    private void readAccount(List<String> words) {
        Map<String, String> settings = new HashMap<>();
        for (String word : words.subList(3, words.size())) {
            String[] setting = word.split("=", 2);
            settings.put(setting[0], setting.length == 2 ? setting[1] : "true");
        }
        AccountKey key = new AccountKey(book, new AccountPath(words.get(1)));
        accounts.put(
                key,
                new AccountState(
                        key,
                        ids.next(),
                        unit(words.get(2)),
                        kind(settings),
                        new Policy(number(settings.get("floor")), number(settings.get("ceiling"))),
                        new AccountState.Bars(
                                settings.containsKey("debits-frozen"),
                                settings.containsKey("credits-frozen"),
                                settings.containsKey("closed")),
                        new Sums(
                                Long.parseLong(settings.getOrDefault("balance", "0")),
                                Long.parseLong(settings.getOrDefault("pending-debits", "0")),
                                Long.parseLong(settings.getOrDefault("pending-credits", "0"))),
                        Long.parseLong(settings.getOrDefault("sequence", "0")),
                        Instant.parse(settings.getOrDefault("last", "2026-01-01T00:00:00Z")),
                        Hash.ZERO));
    }

    private static AccountKind kind(Map<String, String> settings) {
        AccountPath owed = path(settings.get("owed"));
        AccountPath parent = path(settings.get("parent"));
        if (parent != null) {
            return new AccountKind.Lot(
                    parent, settings.getOrDefault("source", "gift"), instant(settings.get("expires")));
        }
        AccountPath lapsesTo = path(settings.get("lapses-to"));
        return lapsesTo == null ? new AccountKind.Single(owed) : new AccountKind.OfLots(lapsesTo, owed);
    }

    private void readPosting(String line) {
        String reference = line.substring("post ".length(), line.indexOf(':'));
        String content =
                line.substring(line.indexOf(':') + 1, line.indexOf("->")).strip();
        boolean redate = content.endsWith(" redated");
        content = redate ? content.substring(0, content.length() - " redated".length()) : content;
        LocalDate effective = null;
        if (content.contains(" on ")) {
            effective = LocalDate.parse(content.substring(content.indexOf(" on ") + 4));
            content = content.substring(0, content.indexOf(" on "));
        }
        List<Leg> legs = new ArrayList<>();
        for (String leg : content.split(" & ", -1)) {
            legs.add(leg(List.of(leg.strip().split(" +", -1))));
        }
        Posting.LateDate late = redate ? Posting.LateDate.REDATE : Posting.LateDate.REFUSE;
        Posting posting = new Posting(book, new Reference(reference), legs, effective, late, "", "table");
        batch.add(Submission.of(posting, ids));
    }

    /** A leg, such as {@code grant mint points 5 PTS/0 sale/1 2026-06-01} or {@code reverse sale 0 3 forced}. */
    private static Leg leg(List<String> words) {
        return switch (words.getFirst()) {
            case "move" -> new Leg.Move(path(words, 1), path(words, 2), amount(words), unit(words.get(4)));
            case "pend" ->
                new Leg.Pend(
                        path(words, 1), path(words, 2), amount(words), unit(words.get(4)), instant(word(words, 5)));
            case "grant" ->
                new Leg.Grant(
                        path(words, 1),
                        path(words, 2),
                        amount(words),
                        unit(words.get(4)),
                        new LotTerms(words.get(5), instant(word(words, 6))));
            case "force" -> new Leg.Force(path(words, 1), path(words, 2), amount(words), unit(words.get(4)));
            case "commit" -> new Leg.Commit(new Reference(words.get(1)), leg(words.get(2)), number(word(words, 3)));
            case "release" -> new Leg.Release(new Reference(words.get(1)), leg(words.get(2)), number(word(words, 3)));
            case "expire" -> new Leg.Expire(new Reference(words.get(1)), leg(words.get(2)));
            case "reverse" -> {
                boolean forced = words.getLast().equals("forced");
                List<String> plain = forced ? words.subList(0, words.size() - 1) : words;
                Reference original = new Reference(words.get(1));
                yield new Leg.Reverse(original, leg(words.get(2)), number(word(plain, 3)), forced);
            }
            case "lapse" -> new Leg.Lapse(path(words, 1));
            default -> throw new IllegalArgumentException("leg: " + words);
        };
    }

    private static AccountPath path(List<String> words, int index) {
        return new AccountPath(words.get(index));
    }

    private static long amount(List<String> words) {
        return Long.parseLong(words.get(3));
    }

    private static int leg(String word) {
        return Integer.parseInt(word);
    }

    private static @Nullable String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : null;
    }

    private static @Nullable AccountPath path(@Nullable String word) {
        return word == null ? null : new AccountPath(word);
    }

    /** A day stands for its first moment. */
    private static @Nullable Instant instant(@Nullable String word) {
        return word == null
                ? null
                : LocalDate.parse(word).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String outcome(String line, Outcome outcome) {
        String text = switch (outcome) {
            case Posted posted -> "posted" + balances(posted);
            case Duplicate(Posted original) -> "duplicate" + balances(original);
            case Rejected(RejectionReason reason, int leg, String _) -> reason + " leg " + leg;
            case OutcomeUnknown _ -> "unknown";
        };
        return line.substring(0, line.indexOf("->")) + "-> " + text;
    }

    private static String balances(Posted posted) {
        StringBuilder text = new StringBuilder();
        for (PostedLeg leg : posted.legs()) {
            for (SideAfter side : List.of(leg.debit(), leg.credit())) {
                text.append(' ').append(name(side.account())).append('=').append(side.balance());
            }
        }
        return text.toString();
    }

    /** Lots are named by ids, which a table cannot know. */
    private static String name(AccountPath path) {
        return path.value().replaceFirst("/lot/[0-9a-f-]{36}$", "/lot");
    }

    private static Unit unit(String text) {
        int slash = text.indexOf('/');
        return new Unit(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null ? null : Long.valueOf(text);
    }
}
