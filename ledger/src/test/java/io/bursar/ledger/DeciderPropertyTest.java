package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Programs.Act;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random programs against the model: the decision alone, in batches of any size. */
final class DeciderPropertyTest {
    private static final BookId BOOK = new BookId(new UUID(7, 7));
    private static final int LENGTH = 250;

    @Test
    void every_decision_is_the_models_however_postings_are_batched() {
        Programs.forAll(Integer.getInteger("programs", 150), "DeciderPropertyTest", DeciderPropertyTest::run);
    }

    @Tag("long")
    @Tag("ledger")
    @Test
    void every_decision_is_the_models_for_many_more_programs() {
        Programs.forAll(10_000, "DeciderPropertyTest", DeciderPropertyTest::run);
    }

    @Test
    void a_program_and_its_seed_are_one() {
        assertThat(Programs.random(BOOK, new Random(5), 50)).isEqualTo(Programs.random(BOOK, new Random(5), 50));
    }

    @Test
    void programs_meet_every_refusal_and_every_kind_of_row() {
        Set<String> met = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            met.addAll(run(new Random(seed)).met);
        }
        assertThat(met).contains(words(RejectionReason.values())).contains(words(Transfer.Kind.values()));
    }

    private static String[] words(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toArray(String[]::new);
    }

    private static Run run(Random random) {
        Run run = new Run();
        for (Act act : Programs.random(BOOK, random, LENGTH)) {
            switch (act) {
                case Act.Post(Posting posting) -> run.add(posting, random.nextInt(4) == 0);
                case Act.Wait(var duration) -> {
                    run.decide();
                    run.now = run.now.plus(duration);
                }
                case Act.Bar bar -> {
                    run.decide();
                    if (run.model.bar(bar.account(), bar.bars())) {
                        run.memory.bar(
                                bar.account(), run.model.account(bar.account()).bars());
                    }
                }
                case Act.ClosePeriod(var through) -> {
                    run.decide();
                    if (run.model.close(through)) {
                        run.memory.closeThrough(through);
                    }
                }
            }
        }
        run.decide();
        return run;
    }

    /** A program on its way through both, the decision and the model. */
    private static final class Run {
        final Model model = new Model(Programs.ACCOUNTS);
        final MemoryLedger memory =
                new MemoryLedger(BOOK, Programs.ACCOUNTS, Clock.fixed(Programs.START, ZoneOffset.UTC));
        final Set<String> met = new HashSet<>();
        private final LotNames names = new LotNames();
        private final List<Posting> batch = new ArrayList<>();
        Instant now = Programs.START;

        /** A lot that this batch opens has no name yet, so postings are translated when all before are decided. */
        void add(Posting posting, boolean last) {
            boolean namesLot = posting.toString().contains(AccountSpec.LOT_SEGMENT);
            if (namesLot) {
                decide();
            }
            batch.add(posting);
            if (last) {
                decide();
            }
        }

        void decide() {
            List<String> expected =
                    batch.stream().map(posting -> model.post(posting, now)).toList();
            List<Posting> real = batch.stream().map(names::real).toList();
            Decision decision = memory.post(real, now);
            List<String> decided =
                    decision.outcomes().stream().map(names::words).toList();
            assertThat(decided).as("of %s", batch).isEqualTo(expected);
            expected.forEach(words -> met.addAll(List.of(words.split("[ ,\\[\\]]+"))));
            assertThat(sums()).as("after %s", batch).isEqualTo(model.sums());
            assertThat(memory.accounts())
                    .allMatch(account -> !account.isBelowFloor() && !account.isAboveCeiling())
                    .allMatch(account ->
                            !account.bars().closed() || account.sums().areZero());
            assertThat(decision.rows())
                    .allMatch(row -> row.amount() > 0
                            && !row.debit().key().equals(row.credit().key()));
            nothingIsMadeOfNothing();
            batch.clear();
        }

        private Map<AccountPath, Sums> sums() {
            Map<AccountPath, Sums> sums = new HashMap<>();
            memory.accounts().forEach(account -> sums.put(names.numbered(account.path()), account.sums()));
            return sums;
        }

        private void nothingIsMadeOfNothing() {
            long total = 0;
            for (AccountState account : memory.accounts()) {
                boolean ofLots = account.kind() instanceof AccountKind.OfLots;
                total += ofLots ? 0 : account.sums().posted();
            }
            assertThat(total).isZero();
            if (model.account(Programs.WALLET_OWED).posted() < 0) {
                assertThat(model.account(Programs.WALLET).available()).isZero();
            }
        }
    }
}
