package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bursar.ledger.proof.Verification;
import io.bursar.ledger.proof.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that posts, with signal 9 at a random moment, and lets another one post what it left unanswered. */
final class KilledPosterTest {
    private static final int ANSWERS_MIN = 100;
    private static final int ANSWERS_MAX = 1_500;

    private final LedgerFixture books = new LedgerFixture();

    @TempDir
    private Path directory;

    @RepeatedTest(3)
    void nothing_acknowledged_is_lost_and_nothing_is_posted_twice_when_its_poster_is_killed() throws Exception {
        killUnderLoad();
    }

    @Tag("long")
    @Tag("ledger")
    @RepeatedTest(20)
    void nothing_is_lost_or_doubled_in_twenty_killed_posters() throws Exception {
        killUnderLoad();
    }

    private void killUnderLoad() throws Exception {
        for (int wallet = 0; wallet < Poster.WALLETS; wallet++) {
            books.wallet("wallet/" + wallet);
        }
        int answersBefore = ANSWERS_MIN + new Random(Seeds.next()).nextInt(ANSWERS_MAX - ANSWERS_MIN);
        Path notes = Files.createFile(directory.resolve("notes"));
        Process poster = start(notes);
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                assertThat(poster.isAlive()).isTrue();
                return noted(notes, '!').size() >= answersBefore;
            });
        } finally {
            poster.destroyForcibly();
        }
        assertThat(poster.waitFor()).as("killed by signal 9").isEqualTo(128 + 9);
        dropLastLineUnlessWhole(notes);

        Set<String> acknowledged = noted(notes, '!');
        assertThat(recorded()).containsAll(acknowledged);
        Set<String> unanswered = noted(notes, '?');
        unanswered.removeAll(acknowledged);
        assertThat(unanswered).isNotEmpty();
        postAgain(notes, unanswered);

        assertThat(noted(notes, '-')).isEmpty();
        assertThat(noted(notes, '!')).isEqualTo(noted(notes, '?'));
        assertThat(recorded()).containsExactlyInAnyOrderElementsOf(noted(notes, '?'));
        assertThat(balances()).isEqualTo(expected(noted(notes, '?')));
        RowSums.agree(books.dataSource, books.book);
        assertThat(new Verifier(books.dataSource).verify(books.book)).isInstanceOf(Verification.Sound.class);
        assertThat(ChainCheck.rederive(books.dataSource, books.book))
                .isEqualTo(recorded().size());
    }

    private void postAgain(Path notes, Set<String> references) throws Exception {
        Path left = Files.write(directory.resolve("unanswered"), references);
        Process poster = start(notes, left.toString());
        try {
            assertThat(poster.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            poster.destroyForcibly();
        }
        assertThat(poster.exitValue()).isZero();
    }

    private Process start(Path notes, String... more) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath,
                Poster.class.getName(),
                String.valueOf(TestPostgres.sharedPort()),
                books.book.value().toString(),
                notes.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("poster.log").toFile())
                .start();
    }

    private static void dropLastLineUnlessWhole(Path notes) throws IOException {
        String text = Files.readString(notes);
        Files.writeString(notes, text.substring(0, text.lastIndexOf('\n') + 1));
    }

    private static Set<String> noted(Path notes, char mark) throws IOException {
        return Files.readString(notes)
                .lines()
                .filter(line -> line.charAt(0) == mark)
                .map(line -> line.substring(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> recorded() {
        return Sql.read(
                books.dataSource,
                connection -> new TreeSet<>(Sql.query(
                        connection,
                        "SELECT reference FROM ledger.transfer WHERE book = ?",
                        row -> row.getString("reference"),
                        books.book.value())));
    }

    private Map<AccountPath, Long> balances() {
        Map<AccountPath, Long> balances = new HashMap<>();
        for (Account account :
                books.ledger.accounts(books.book, "wallet/", null, 100).items()) {
            balances.put(account.path(), account.balance());
        }
        return balances;
    }

    private static Map<AccountPath, Long> expected(Set<String> references) {
        Map<AccountPath, Long> expected = new HashMap<>();
        for (int wallet = 0; wallet < Poster.WALLETS; wallet++) {
            expected.put(AccountPath.of("wallet/" + wallet), 0L);
        }
        for (String reference : references) {
            Leg.Move move = (Leg.Move) Poster.leg(reference);
            expected.merge(move.credit(), move.amount(), Long::sum);
        }
        return expected;
    }
}
