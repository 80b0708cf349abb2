package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.stablecoin.Credit.State;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TxHash;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When money counts, when it is final for good, and when it is taken back, as tables. */
class StepTest {
    private static final TxHash TX = TxHash.of("0x" + "77".repeat(32));
    private static final String OURS = "aa";

    @ParameterizedTest(name = "a {0} credit of tier {1} in a block that is {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            # what is reserved counts once its block is as sure as its tier asks
            pending,    FAST,  -,     NONE
            pending,    FAST,  FAST,  COMMIT
            pending,    FAST,  SAFE,  COMMIT
            pending,    FAST,  FINAL, COMMIT_FINAL
            pending,    SAFE,  FAST,  NONE
            pending,    SAFE,  SAFE,  COMMIT
            pending,    SAFE,  FINAL, COMMIT_FINAL
            pending,    FINAL, FAST,  NONE
            pending,    FINAL, SAFE,  NONE
            pending,    FINAL, FINAL, COMMIT_FINAL
            # what counts is watched until it is final
            committed,  FAST,  FAST,  NONE
            committed,  FAST,  SAFE,  NONE
            committed,  FAST,  FINAL, CLOSE
            committed,  SAFE,  FINAL, CLOSE
            refused,    FAST,  FAST,  NONE
            refused,    FAST,  FINAL, CLOSE
            unreversed, FAST,  SAFE,  NONE
            unreversed, FAST,  FINAL, CLOSE
            # what is on its way to the ledger has to arrive first
            reserving,  FAST,  FINAL, NONE
            committing, FAST,  FINAL, NONE
            releasing,  FAST,  FINAL, NONE
            reversing,  FAST,  FINAL, NONE
            """)
    void a_credit_is_ripe_for(String state, Finality tier, Finality reached, Step expected) {
        assertThat(Step.next(credit(State.ofWord(state), tier), true, reached)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "bookable {0}, in a block that is {1}: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            true,  FINAL, NONE
            false, -,     NONE
            false, SAFE,  NONE
            false, FINAL, CLOSE
            """)
    void without_a_credit_only_what_the_ledger_never_takes_is_closed(
            boolean bookable, Finality reached, Step expected) {
        assertThat(Step.next(null, bookable, reached)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "was final {0}, now {1} and {2}: {3}")
    @CsvSource(nullValues = "-", textBlock = """
            false, -,  -,     Unclear
            false, aa, -,     Stands
            false, bb, -,     Replaced
            false, bb, FINAL, Replaced
            # a final one is given up only for another final one
            true,  -,  FINAL, Unclear
            true,  aa, FINAL, Stands
            true,  bb, -,     Unclear
            true,  bb, SAFE,  Unclear
            true,  bb, FINAL, Replaced
            """)
    void a_block_that_was_missed(boolean wasFinal, String now, Finality reached, String expected) {
        Fate fate = Fate.of(hash(OURS), wasFinal, Optional.ofNullable(now).map(StepTest::header), reached);
        assertThat(fate.getClass().getSimpleName()).isEqualTo(expected);
    }

    private static Credit credit(State state, Finality tier) {
        return new Credit(
                new UUID(0, 1),
                new UUID(0, 2),
                new LogKey(8453, TX, 0),
                hash(OURS),
                1,
                new PaymentRequestId(new UUID(0, 3)),
                new Allocation(Finding.EXACT, 1_000, 0),
                tier,
                state,
                null);
    }

    private static BlockHeader header(String lastByte) {
        return new BlockHeader(5, hash(lastByte), hash("00"), Instant.EPOCH);
    }

    private static BlockHash hash(String lastByte) {
        return BlockHash.of("0x" + "00".repeat(31) + lastByte);
    }
}
