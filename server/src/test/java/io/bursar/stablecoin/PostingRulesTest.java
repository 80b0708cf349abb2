package io.bursar.stablecoin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Repository;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.AccountSpec;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Leg;
import io.bursar.ledger.Posting;
import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TxHash;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/POSTING_RULES.md} is what the code opens and posts. {@code -Dposting-rules=write} writes it anew. */
class PostingRulesTest {
    private static final String FILE = "docs/POSTING_RULES.md";
    private static final UUID ID = new UUID(0, 7);
    private static final ChainSpec CHAIN = ChainRegistry.chain("base").orElseThrow();
    private static final TxHash TX = TxHash.of("0x" + "ab".repeat(32));
    private static final BlockHash BLOCK = BlockHash.of("0x" + "cd".repeat(32));
    private static final Allocation EXACT = new Allocation(Finding.EXACT, 10, 0);
    private static final Allocation OVERPAID = new Allocation(Finding.OVERPAID, 10, 3);
    private static final Allocation UNDERPAID = new Allocation(Finding.UNDERPAID, 0, 9);
    private static final Allocation DUPLICATE = new Allocation(Finding.DUPLICATE, 0, 10);

    @Test
    void the_document_says_what_the_code_posts() throws IOException {
        String rendered = document();
        if ("write".equals(System.getProperty("posting-rules"))) {
            Files.writeString(Repository.ROOT.resolve(FILE), rendered);
        }
        assertThat(Repository.text(FILE))
                .as("%s differs from the code: run this test with -Dposting-rules=write, and read what changed", FILE)
                .isEqualTo(rendered);
    }

    private static String document() {
        return """
                # Posting rules

                Generated from the code by `PostingRulesTest`. Balance = credits − debits. `{c}` is chain and asset
                (`base-usdc`), `{m}` a merchant, `{p}` a partner. A floor of none lets the balance go below zero.

                ## Stablecoin: one book a partner, `stablecoin/{p}`

                | account | floor | short |
                |---|---|---|
                %s
                Here 10 units were asked for. *Late* and *early* money goes the way of *underpaid*, all of it. What is
                forced and no longer there comes from the account named under *short*, which later credits repay first.

                | event | reference | legs: debit → credit |
                |---|---|---|
                %s""".formatted(accounts(), postings());
    }

    private static String accounts() {
        return Stream.concat(
                        PartnerBooks.accounts(CHAIN, Asset.USDC).stream(),
                        PartnerBooks.accounts(new MerchantId(ID), CHAIN, Asset.USDC).stream())
                .map(PostingRulesTest::row)
                .collect(Collectors.joining());
    }

    private static String row(AccountSpec account) {
        Long floor = account.policy().floor();
        AccountPath owed = account.kind().owed();
        return "| `%s` | %s | %s |\n"
                .formatted(
                        named(account.path().value()),
                        floor == null ? "none" : floor,
                        owed == null ? "" : "`" + named(owed.value()) + "`");
    }

    private static String postings() {
        return row("10 seen", of(EXACT).reserved())
                + row("10 final", of(EXACT).committed())
                + row("10 left the chain", of(EXACT).released())
                + row("13 seen, overpaid", of(OVERPAID).reserved())
                + row("13 final, overpaid", of(OVERPAID).committed())
                + row("9 seen, underpaid", of(UNDERPAID).reserved())
                + row("9 final, underpaid", of(UNDERPAID).committed())
                + row(
                        "10 final, seen as exact and by then a duplicate",
                        of(EXACT).committedAs(DUPLICATE))
                + row(
                        "10 confirmed, for a partner of tier fast",
                        of(EXACT, Finality.FAST).committed())
                + row(
                        "10 safe, for a partner of tier safe",
                        of(EXACT, Finality.SAFE).committed())
                + row("10 left the chain after it was committed", of(EXACT).reversed())
                + row("13 left the chain after it was committed", of(OVERPAID).reversed());
    }

    private static String row(String event, Posting posting) {
        String legs = posting.legs().stream().map(PostingRulesTest::words).collect(Collectors.joining("<br>"));
        return "| %s | `%s` | %s |\n".formatted(event, named(posting.reference().value()), legs);
    }

    private static String words(Leg leg) {
        return switch (leg) {
            case Leg.Move move ->
                "move %d: `%s` → `%s`"
                        .formatted(
                                move.amount(),
                                named(move.debit().value()),
                                named(move.credit().value()));
            case Leg.Pend pend ->
                "pend %d: `%s` → `%s`"
                        .formatted(
                                pend.amount(),
                                named(pend.debit().value()),
                                named(pend.credit().value()));
            case Leg.Force force ->
                "force %d: `%s` → `%s`"
                        .formatted(
                                force.amount(),
                                named(force.debit().value()),
                                named(force.credit().value()));
            case Leg.Commit commit -> "commit leg %d of `…/seen`".formatted(commit.leg());
            case Leg.Release release -> "release leg %d of `…/seen`".formatted(release.leg());
            case Leg.Grant _, Leg.Expire _, Leg.Reverse _, Leg.Lapse _ ->
                throw new AssertionError("not a leg of this system: " + leg);
        };
    }

    private static String named(String text) {
        return text.replace(ID.toString(), "{m}")
                .replace("base-usdc", "{c}")
                .replace("chain/8453", "chain/{chain}")
                .replace(TX.hex() + "/0", "{tx}/{ordinal}")
                .replace(BLOCK.hex(), "{block}");
    }

    private static CreditPostings of(Allocation allocation) {
        return of(allocation, Finality.FINAL);
    }

    private static CreditPostings of(Allocation allocation, Finality tier) {
        var request = new PaymentRequestId(ID);
        var log = new LogKey(CHAIN.id(), TX, 0);
        var credit = new Credit(ID, ID, log, BLOCK, 1, request, allocation, tier, Credit.State.RESERVING, null);
        return new CreditPostings(new BookId(ID), asked(request), credit);
    }

    private static PaymentRequest asked(PaymentRequestId id) {
        Address address = CHAIN.token(Asset.USDC).orElseThrow().contract();
        Instant now = Instant.EPOCH;
        return new PaymentRequest(
                id,
                new PartnerId(ID),
                new MerchantId(ID),
                null,
                new Money(10, new MoneyUnit("USD", 2)),
                new Money(10, AssetUnits.unit(Asset.USDC)),
                Asset.USDC,
                CHAIN.id(),
                address,
                new LockedRate(BigDecimal.ONE, "parity", LocalDate.EPOCH, now),
                address,
                1,
                now,
                now,
                Proof.NONE);
    }
}
