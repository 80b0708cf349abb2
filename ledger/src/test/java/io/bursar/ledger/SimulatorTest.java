package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.Programs.Act;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random programs through the whole ledger, with a database that breaks between any two statements. */
final class SimulatorTest {
    private static final int LENGTH = 120;

    @Test
    void the_ledger_answers_like_the_model_whatever_breaks() {
        Programs.forAll(2, "SimulatorTest", SimulatorTest::inOrder);
    }

    @Test
    void what_was_decided_at_once_could_have_been_decided_one_after_the_other() {
        Programs.forAll(2, "SimulatorTest", SimulatorTest::atOnce);
    }

    @Test
    void lots_debts_and_expiries_stay_sound_when_everybody_posts_at_once() {
        Programs.forAll(1, "SimulatorTest", SimulatorTest::everythingAtOnce);
    }

    @Tag("long")
    @Tag("ledger")
    @Test
    void the_ledger_answers_like_the_model_for_many_more_programs() {
        Programs.forAll(60, "SimulatorTest", SimulatorTest::inOrder);
        Programs.forAll(60, "SimulatorTest", SimulatorTest::atOnce);
        Programs.forAll(30, "SimulatorTest", SimulatorTest::everythingAtOnce);
    }

    private static void inOrder(Random random) {
        try (Simulator simulator = new Simulator(random)) {
            simulator.runInOrder(Programs.random(simulator.book, random, LENGTH), random);
            assertThat(simulator.faults.breaks).hasPositiveValue();
            simulator.check();
        }
    }

    private static void atOnce(Random random) {
        try (Simulator simulator = new Simulator(random)) {
            List<Posting> program = postings(simulator, random).stream()
                    .filter(SimulatorTest::isTold)
                    .toList();
            Map<Reference, String> answered = simulator.runAtOnce(program, random);
            Model model = new Model(Programs.ACCOUNTS);
            Map<Reference, String> possible =
                    HistoryReplay.answers(simulator.dataSource(), simulator.book, program, model);
            assertThat(answered).isNotEmpty().isEqualTo(possible);
            assertThat(simulator.sums(new LotNames())).isEqualTo(model.sums());
            simulator.check();
        }
    }

    private static void everythingAtOnce(Random random) {
        try (Simulator simulator = new Simulator(random)) {
            assertThat(simulator.runAtOnce(postings(simulator, random), random)).isNotEmpty();
            simulator.check();
        }
    }

    private static List<Posting> postings(Simulator simulator, Random random) {
        return Programs.random(simulator.book, random, 3 * LENGTH).stream()
                .filter(Act.Post.class::isInstance)
                .map(act -> ((Act.Post) act).posting())
                .toList();
    }

    /** The rows of lots and of debts do not tell in which order their accounts were looked at. */
    private static boolean isTold(Posting posting) {
        return posting.legs().stream().noneMatch(SimulatorTest::isForced)
                && !posting.toString().matches("(?s).*(points|unclaimed).*");
    }

    private static boolean isForced(Leg leg) {
        return leg instanceof Leg.Force || (leg instanceof Leg.Reverse reverse && reverse.forced());
    }
}
