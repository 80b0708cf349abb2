package io.bursar.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.ledger.AccountPath;
import io.bursar.ledger.Leg;
import io.bursar.ledger.LotTerms;
import io.bursar.ledger.Reference;
import io.bursar.ledger.Unit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LegsJsonTest {

    @Test
    void every_leg_is_read_as_it_was_written() {
        var bank = new AccountPath("bank");
        var wallet = new AccountPath("customer/7/wallet");
        var usd = new Unit("USD", 2);
        var earlier = new Reference("deposit/1");
        var then = Instant.parse("2026-06-01T00:00:00.123456Z");
        List<Leg> legs = List.of(
                new Leg.Move(bank, wallet, Long.MAX_VALUE, usd),
                new Leg.Grant(bank, wallet, 1, usd, new LotTerms("sale/1", then)),
                new Leg.Grant(bank, wallet, 1, usd, new LotTerms("gift", null)),
                new Leg.Pend(bank, wallet, 1, usd),
                new Leg.Pend(bank, wallet, 1, usd, then),
                new Leg.Force(wallet, bank, 1, usd),
                new Leg.Commit(earlier, 3),
                new Leg.Commit(earlier, 3, 7L),
                new Leg.Release(earlier, 0),
                new Leg.Release(earlier, 0, 7L),
                new Leg.Expire(earlier, 1),
                new Leg.Reverse(earlier, 1),
                new Leg.Reverse(earlier, 1, 7L, true),
                new Leg.Lapse(wallet));
        assertThat(LegsJson.read(LegsJson.write(legs))).isEqualTo(legs);
        assertThat(legs.stream().map(Leg::getClass).distinct())
                .as("all there are")
                .hasSize(Leg.class.getPermittedSubclasses().length);
    }
}
