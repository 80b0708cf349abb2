package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random programs against the model: the decision alone, in batches of any size, and the ledger as a whole. */
final class PropertyTest {

    @Test
    void every_decision_is_the_models_however_postings_are_batched() {
        Programs.forAll(300, random -> {
            BookId book = new BookId(new java.util.UUID(7, 7));
            List<Posting> program = Programs.random(book, random, 120);
            Model model = new Model(Programs.ACCOUNTS);
            MemoryLedger memory = new MemoryLedger(book, Programs.ACCOUNTS);
            List<String> expected = program.stream().map(model::post).toList();
            List<String> decided = new ArrayList<>();
            while (decided.size() < program.size()) {
                int end = Math.min(program.size(), decided.size() + 1 + random.nextInt(20));
                memory.post(program.subList(decided.size(), end)).stream()
                        .map(Programs::words)
                        .forEach(decided::add);
            }
            assertThat(decided).isEqualTo(expected);
            assertThat(memory.sums()).isEqualTo(model.sums());
        });
    }

    @Test
    void the_ledger_does_what_the_model_does() {
        Programs.forAll(4, random -> {
            LedgerFixture books = new LedgerFixture();
            Programs.ACCOUNTS.forEach((path, policy) -> books.ledger.openAccount(
                    books.book, new AccountSpec(path, LedgerFixture.USD, policy), "test", "property"));
            Model model = new Model(Programs.ACCOUNTS);
            for (Posting posting : Programs.random(books.book, random, 120)) {
                assertThat(Programs.words(books.ledger.submit(posting))).isEqualTo(model.post(posting));
            }
            Map<AccountPath, Sums> sums = new HashMap<>();
            for (Account account :
                    books.ledger.accounts(books.book, "", null, 100).items()) {
                sums.put(
                        account.path(), new Sums(account.balance(), account.pendingDebits(), account.pendingCredits()));
            }
            assertThat(sums).isEqualTo(model.sums());
            agree(books);
        });
    }

    @Test
    void a_program_and_its_seed_are_one() {
        BookId book = new BookId(new java.util.UUID(7, 7));
        assertThat(Programs.random(book, new Random(5), 50)).isEqualTo(Programs.random(book, new Random(5), 50));
    }

    private static void agree(LedgerFixture books) {
        try {
            RowSums.agree(books.dataSource, books.book);
            assertThat(ChainCheck.rederive(books.dataSource, books.book)).isPositive();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
