package io.bursar.sandbox;

import static io.bursar.sandbox.Stage.patience;
import static io.bursar.sandbox.Stage.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.http.Json;
import io.bursar.shared.IdText;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What a partner chose that wants to hear of payments after one block, and not after minutes: the network undoes a
 * block that Bursar had credited, and everybody learns of that as well. Read {@link StablecoinPaymentScenarioTest}
 * first.
 */
class ReversedPaymentScenarioTest {
    private static final DemoConsole.Invitation COFFEE =
            new DemoConsole.Invitation("Northwind Coffee", "ana@northwindcoffee.example");

    private final Stage stage = Stage.open();
    private final DemoConsole operator = new DemoConsole(stage.url());
    private final Browser customer = new Browser(stage.url());

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void a_payment_that_was_credited_early_is_undone_and_paid_again() {
        operator.signIn(Stage.OPERATOR);
        var partner = aPartnerWhosePaymentsAreCreditedAfterOneBlock();
        var merchant = aMerchant(partner);
        var request = aRequest(merchant);

        stage.stopTheChain();
        String first = theCustomerPays(request);
        oneBlockOnTopVerifiesItAndTheNoticeSaysHowSureThatIs(request, first);
        theNetworkUndoesTheBlockAndThePartnerIsTold(request, first);
        theConsoleShowsTheEvidence(request);
        theBooksHoldNothingMore(partner, merchant);

        String second = theCustomerPays(request);
        stage.mineBlock();
        stage.mineBlock();
        patience("the second payment to be verified")
                .until(() -> status(request).equals("verified"));
        patience("the third notice").until(() -> stage.partner.notices().size() == 3);
        assertThat(notice(2).path("data").path("txHash").stringValue()).isEqualTo(second);
        stage.letTheChainGoOn();
        itIsFinalInTheEndAndWasCreditedOnceNet(partner, merchant, request);
    }

    /** {@code PartnerPages}, {@code TierWords}: somebody decides this, for a reason, and it is noted. */
    private DemoFile.Partner aPartnerWhosePaymentsAreCreditedAfterOneBlock() {
        var partner = operator.createPartner(Stage.BASE, stage.partner.hookUrl());
        stage.partner.configure(stage.url(), partner);
        operator.credit(partner, "fast", "Sells coffee, and carries the risk");
        assertThat(words(operator.open("/console/stablecoin/partners/" + partner.id())))
                .contains("Credited after 1 block. A reorg debits the merchant.");
        assertThat(stage.audit()).contains("partner.tier_changed by operator");
        return partner;
    }

    private UUID aMerchant(DemoFile.Partner partner) {
        operator.invite(partner, COFFEE);
        operator.accept(COFFEE, stage.mailbox());
        return Stage.uuid("mer", operator.merchantId(partner, COFFEE).orElseThrow());
    }

    private String aRequest(UUID merchant) {
        var order = Map.of("merchantId", IdText.of("mer", merchant), "amount", "4.20", "currency", "USD");
        var answer = patience("the first look at the chain")
                .until(() -> stage.partner.askForPayment(order, "cup-1"), made -> made.statusCode() == 201);
        return Json.parse(answer.body()).path("id").stringValue();
    }

    private String theCustomerPays(String request) {
        return new DemoShop(stage.url(), "the wallet needs no key").pay(stage.walletUrl(), request, "exact");
    }

    /** {@code Heads}, {@code Step}: a block on top is enough for this partner, yet the block is watched on. */
    private void oneBlockOnTopVerifiesItAndTheNoticeSaysHowSureThatIs(String request, String tx) {
        stage.mineBlock();
        patience("the payment to be seen").until(() -> status(request).equals("seen"));
        assertThat(words(customer.open("/pay/" + request)))
                .contains("Payment seen · 0 of 1", "It counts after 1 block.");
        stage.mineBlock();
        patience("the payment to be verified").until(() -> status(request).equals("verified"));
        patience("the notice").until(() -> stage.partner.notices().size() == 1);

        assertThat(notice(0).path("type").stringValue()).isEqualTo("payment.verified");
        assertThat(notice(0).path("data").path("finality").stringValue()).isEqualTo("fast");
        assertThat(notice(0).path("data").path("txHash").stringValue()).isEqualTo(tx);
        assertThat(transfer(request)).isEqualTo("seen, credited true, fast");
        assertThat(words(customer.open("/pay/" + request)))
                .as("a block that was under way when the chain was stopped may be on top of ours")
                .containsPattern("Paid.*Confirmed after 1 block[.] Final after about [67] more blocks[.]");
    }

    /** {@code Reorgs}, {@code Fate}, {@code Credits#reverse}, {@code ReversedPayments}. */
    private void theNetworkUndoesTheBlockAndThePartnerIsTold(String request, String tx) {
        stage.replaceBlocks(2);
        patience("the payment to be undone").until(() -> status(request).equals("reversed"));
        patience("the second notice").until(() -> stage.partner.notices().size() == 2);

        assertThat(stage.partner.notices()).allMatch(PartnerBackend.Notice::genuine);
        assertThat(notice(1).path("type").stringValue()).isEqualTo("payment.reversed");
        var data = notice(1).path("data");
        assertThat(data.path("paymentRequestId").stringValue()).isEqualTo(request);
        assertThat(data.path("txHash").stringValue()).isEqualTo(tx);
        assertThat(data.path("reason").stringValue()).isEqualTo("block_reorged");
        assertThat(data.path("debited").stringValue()).isEqualTo("4.200000");
        assertThat(data.path("owed").stringValue()).isEqualTo("0.000000");
        assertThat(data.path("payable").booleanValue()).isTrue();
        assertThat(words(customer.open("/pay/" + request)))
                .contains("Payment undone by the network", "Do not pay again yet", "Open in wallet");
    }

    /** {@code PaymentSteps}: which block was there, and which one is. */
    private void theConsoleShowsTheEvidence(String request) {
        var gone = stage.partner
                .read("/" + request + "/chain-transfers")
                .path("items")
                .path(0);
        var page = words(operator.open("/console/payments/" + request));
        assertThat(page)
                .contains("Did the credited payment of 4.200000 USDC stay in the chain?")
                .contains("Block %d was %s and is %s now. What was credited has been taken back."
                        .formatted(
                                gone.path("blockNumber").longValue(),
                                gone.path("blockHash").stringValue(),
                                gone.path("replacedBy").stringValue()))
                .contains("payment_request.reversed", "Ledger postings 3", "Webhook deliveries 2");
        assertThat(words(operator.open("/console/payments?status=reversed"))).contains("1 payment ");
    }

    private void theBooksHoldNothingMore(DemoFile.Partner partner, UUID merchant) {
        String wallet = "merchant/%s/wallet/base-usdc".formatted(merchant);
        List<String> ledger = stage.ledgerOf(partner);
        assertThat(ledger).hasSize(3);
        assertThat(ledger.getFirst()).startsWith("pend chain/base-usdc → " + wallet + " 4200000");
        assertThat(ledger.get(1)).startsWith("commit ").endsWith("/fast");
        assertThat(ledger.getLast())
                .contains(wallet + " → chain/base-usdc 4200000")
                .endsWith("/reversed");
    }

    private void itIsFinalInTheEndAndWasCreditedOnceNet(DemoFile.Partner partner, UUID merchant, String request) {
        patience("the second payment to be final")
                .untilAsserted(() ->
                        assertThat(words(customer.open("/pay/" + request))).contains("The payment is final."));
        assertThat(stage.ledgerOf(partner)).hasSize(5);
        assertThat(words(operator.open("/console/stablecoin/merchants/" + IdText.of("mer", merchant))))
                .contains("Balance 4.20 USDC")
                .doesNotContain("Owed");
        assertThat(stage.partner.notices())
                .extracting(each -> each.payload().path("type").stringValue())
                .containsExactly("payment.verified", "payment.reversed", "payment.verified");
    }

    private JsonNode notice(int number) {
        return stage.partner.notices().get(number).payload();
    }

    private String status(String request) {
        return stage.partner.read("/" + request).path("status").stringValue();
    }

    private String transfer(String request) {
        var item = stage.partner
                .read("/" + request + "/chain-transfers")
                .path("items")
                .path(0);
        return "%s, credited %s, %s"
                .formatted(
                        item.path("state").stringValue(),
                        item.path("credited").booleanValue(),
                        item.path("finality").stringValue());
    }
}
