package io.bursar.sandbox;

import static io.bursar.sandbox.Stage.link;
import static io.bursar.sandbox.Stage.patience;
import static io.bursar.sandbox.Stage.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.http.Json;
import io.bursar.shared.IdText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The guided tour: one payment in a stablecoin, from a partner that does not exist yet to the money in a merchant's
 * wallet, by nothing but HTTP and mail. Each chapter is a method, and says at its end what must be true by then; where
 * to read on is in its comment. The last chapter lists everything the ledger, the outbox and the audit log hold.
 */
class StablecoinPaymentScenarioTest {
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
    void a_customer_pays_for_coffee_and_everybody_learns_of_it() {
        operator.signIn(Stage.OPERATOR);
        var partner = theOperatorCreatesAPartnerWhoseSecretsAreShownOnce();
        var merchant = theOperatorInvitesAMerchantWhoAcceptsByMailAndGetsAWallet(partner);
        var request = thePartnerAsksFor39Euro12AndAskingTwiceIsAskingOnce(merchant);
        theCustomerSeesWhatToPayAndWhere(request);

        stage.stopTheChain();
        var payment = theCustomerPaysAndNobodyTellsBursar(request);
        theNextBlockHoldsItAndItsMoneyIsPending(partner, merchant, payment);
        stage.letTheChainGoOn();
        aFinalBlockMakesItVerifiedAndItsMoneyCommitted(partner, merchant, payment);

        thePartnerIsToldOnceAndTheOfficialLibraryBelievesIt(payment);
        theConsoleShowsHowItWent(payment);
        theBooksHoldThisAndNothingElse(partner, merchant, payment);
    }

    /** {@code PartnerPages}, {@code Partners}: the page after the form is the only one that shows key and secret. */
    private DemoFile.Partner theOperatorCreatesAPartnerWhoseSecretsAreShownOnce() {
        var partner = operator.createPartner(Stage.BASE, stage.partner.hookUrl());
        stage.partner.configure(stage.url(), partner);

        assertThat(operator.open("/console/stablecoin/partners/" + partner.id()).html())
                .contains("Northwind Market", "Base")
                .doesNotContain(partner.apiKey(), partner.webhookSecret());
        return partner;
    }

    /** {@code Merchants}, {@code Invites}, {@code EmbeddedWallets}. */
    private UUID theOperatorInvitesAMerchantWhoAcceptsByMailAndGetsAWallet(DemoFile.Partner partner) {
        operator.invite(partner, COFFEE);
        var merchant = operator.merchantId(partner, COFFEE).orElseThrow();
        assertThat(words(operator.open("/console/stablecoin/merchants/" + merchant)))
                .contains("Invited");

        operator.accept(COFFEE, stage.mailbox());
        assertThat(stage.mailbox().messages()).hasSize(1);
        assertThat(operator.open("/console/stablecoin/merchants/" + merchant).html())
                .contains("Accepted")
                .containsPattern("0x[0-9a-fA-F]{40}");
        return Stage.uuid("mer", merchant);
    }

    /** A payment request as the partner got it. */
    private record Request(String id, String due, String address, String payUrl) {
        String payPath() {
            return payUrl.substring(payUrl.indexOf("/pay/"));
        }

        long units() {
            return new BigDecimal(due).movePointRight(6).longValueExact();
        }
    }

    /** {@code PaymentRequestApi}, {@code IdempotentRequests}, {@code PaymentRequests}, {@code Quoting}. */
    private Request thePartnerAsksFor39Euro12AndAskingTwiceIsAskingOnce(UUID merchant) {
        var order = Map.of(
                "merchantId", IdText.of("mer", merchant),
                "amount", "39.12",
                "currency", "EUR",
                "reference", "table-7");
        var first = patience("the first rates and the first look at the chain")
                .until(() -> stage.partner.askForPayment(order, "table-7/1"), answer -> answer.statusCode() != 503);
        var second = stage.partner.askForPayment(order, "table-7/1");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(stage.partner.read("").path("items")).hasSize(1);

        var made = Json.parse(first.body());
        assertThat(made.path("status").stringValue()).isEqualTo("waiting");
        assertThat(made.path("assetAmount").stringValue()).isEqualTo(atTheLockedRate("39.12", made));
        return new Request(
                made.path("id").stringValue(),
                made.path("assetAmount").stringValue(),
                made.path("address").stringValue(),
                made.path("payUrl").stringValue());
    }

    private static String atTheLockedRate(String euros, JsonNode request) {
        var rate = new BigDecimal(request.path("rate").path("value").stringValue());
        return new BigDecimal(euros)
                .multiply(rate)
                .setScale(6, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    /** {@code PayPage}: public, and the whole of what a wallet needs is also in the QR code (EIP-681). */
    private void theCustomerSeesWhatToPayAndWhere(Request request) {
        var page = customer.open(request.payPath());
        assertThat(words(page))
                .contains("Northwind Coffee asks for", "39.12 EUR", request.due() + " USDC", "Base", request.address())
                .contains("Waiting for your payment");
        assertThat(page.html())
                .contains("QR code: pay " + request.due() + " USDC on Base")
                .contains("ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer?address="
                        + request.address() + "&amp;uint256=" + request.units());
    }

    /** A request and the transaction that pays it. */
    private record Payment(Request request, String tx) {}

    /** The customer's wallet reads the pay page as it would scan the code, signs a transfer and sends it off. */
    private Payment theCustomerPaysAndNobodyTellsBursar(Request request) {
        var wallet = new DemoShop(stage.url(), "the wallet needs no key");
        return new Payment(request, wallet.pay(stage.walletUrl(), request.id(), "exact"));
    }

    /** {@code Watcher}, {@code Scan}, {@code Verification}, {@code Credits#reserve}. */
    private void theNextBlockHoldsItAndItsMoneyIsPending(DemoFile.Partner partner, UUID merchant, Payment payment) {
        stage.mineBlock();
        patience("the payment to be seen").until(() -> status(payment).equals("seen"));
        patience("its money to be pending").until(() -> stage.ledgerOf(partner).size() == 1);

        assertThat(proof(payment)).isEqualTo("attached by " + payment.tx() + ", waiting_finality");
        assertThat(words(customer.open(payment.request().payPath()))).contains("Payment seen");
        assertThat(statement(partner, merchant))
                .containsPattern(
                        "1 payment of req_\\S+ seen, not final yet Pend \\S+ \\(%s\\) 0\\.00".formatted(money(payment)))
                .containsPattern("Posted 0\\.00 USDC Pending in %s".formatted(money(payment)));
        assertThat(stage.partner.notices()).isEmpty();
    }

    /** {@code Credits#finish}, {@code Postings}, {@code VerifiedPayments}. */
    private void aFinalBlockMakesItVerifiedAndItsMoneyCommitted(
            DemoFile.Partner partner, UUID merchant, Payment payment) {
        patience("the block to be final").until(() -> status(payment).equals("verified"));

        assertThat(proof(payment)).isEqualTo("verified by " + payment.tx() + ", ");
        assertThat(words(customer.open(payment.request().payPath()))).contains("Paid", "The payment is final.");
        assertThat(statement(partner, merchant))
                .containsPattern(
                        "2 payment of req_\\S+ final Commit \\S+ \\+%s %s".formatted(money(payment), money(payment)))
                .containsPattern("Posted %s USDC Pending in 0\\.00".formatted(money(payment)));
    }

    /** {@code Outbox}, {@code DeliverWebhooks}, {@code Courier}. */
    private void thePartnerIsToldOnceAndTheOfficialLibraryBelievesIt(Payment payment) {
        patience("the webhook").until(() -> deliveryOf(payment).equals("delivered after 1, answered 200"));

        assertThat(stage.partner.notices()).hasSize(1);
        var notice = stage.partner.notices().getFirst();
        assertThat(notice.genuine()).isTrue();
        assertThat(notice.id()).startsWith("evt_");
        assertThat(notice.payload().path("type").stringValue()).isEqualTo("payment.verified");
        var data = notice.payload().path("data");
        assertThat(data.path("paymentRequestId").stringValue())
                .isEqualTo(payment.request().id());
        assertThat(data.path("reference").stringValue()).isEqualTo("table-7");
        assertThat(data.path("amount").stringValue()).isEqualTo("39.12");
        assertThat(data.path("assetAmount").stringValue())
                .isEqualTo(payment.request().due());
        assertThat(data.path("txHash").stringValue()).isEqualTo(payment.tx());
    }

    /** {@code PaymentPages}, {@code PaymentSteps}: why a payment is or is not paid, with the evidence beside it. */
    private void theConsoleShowsHowItWent(Payment payment) {
        var page = operator.open("/console/payments/" + payment.request().id());
        assertThat(words(page))
                .contains("is paid", "Exactly what was asked for, in time.", "Its endpoint took every event.")
                .containsPattern(
                        "Chain transfers 1 .* Final Exact " + payment.request().due() + " USDC")
                .contains("Ledger postings 2", "Webhook deliveries 1", "payment.verified Delivered")
                .contains("payment_request.created", "payment_request.verified");
        assertThat(words(operator.open("/console/payments?q=" + payment.tx()))).contains("1 payment ");
        assertThat(words(operator.open("/console"))).contains("Northwind Coffee");
    }

    /** The complete lists: whatever else any of this had caused would stand here too. */
    private void theBooksHoldThisAndNothingElse(DemoFile.Partner partner, UUID merchant, Payment payment) {
        var log = stage.partner
                .read("/" + payment.request().id() + "/chain-transfers")
                .path("items")
                .path(0);
        var reference = "chain/8453/%s/%d/%s"
                .formatted(
                        payment.tx(),
                        log.path("ordinal").intValue(),
                        log.path("blockHash").stringValue());
        var movement = "chain/base-usdc → merchant/%s/wallet/base-usdc %d USDC/6"
                .formatted(merchant, payment.request().units());
        assertThat(stage.ledgerOf(partner))
                .containsExactly(
                        "pend %s as %s/seen".formatted(movement, reference),
                        "commit %s as %s/final".formatted(movement, reference));

        assertThat(stage.outbox())
                .containsExactly("payment.verified of payment-request/%s to partner/%s"
                        .formatted(Stage.uuid("req", payment.request().id()), Stage.uuid("ptn", partner.id())));

        assertThat(stage.audit())
                .containsExactly(
                        "operator.added by system",
                        "operator.signed_in by operator",
                        "webhook.added by operator",
                        "api_key.issued by operator",
                        "partner.created by operator",
                        "merchant.invited by operator",
                        "merchant.accepted by merchant",
                        "payment_request.created by partner",
                        "payment_request.verified by system");
        assertThat(stage.auditIsUntouched()).isTrue();
        assertThat(stage.partner.notices()).hasSize(1);
    }

    private String status(Payment payment) {
        return stage.partner.read("/" + payment.request().id()).path("status").stringValue();
    }

    private String proof(Payment payment) {
        var proof = stage.partner.read("/" + payment.request().id()).path("proof");
        return "%s by %s, %s"
                .formatted(
                        proof.path("status").stringValue(),
                        proof.path("txHash").stringValue(),
                        proof.path("finding").asString(""));
    }

    private String deliveryOf(Payment payment) {
        var delivery = stage.partner
                .read("/" + payment.request().id() + "/deliveries")
                .path("items")
                .path(0);
        return "%s after %d, answered %d"
                .formatted(
                        delivery.path("status").asString(""),
                        delivery.path("attempts").asInt(0),
                        delivery.path("responseStatus").asInt(0));
    }

    /** The merchant's account as the operator finds it: the list of books, the partner's book, the wallet. */
    private String statement(DemoFile.Partner partner, UUID merchant) {
        var books = operator.open("/console/ledger?name=" + Stage.uuid("ptn", partner.id()));
        var book = operator.open(link(books, "/console/ledger/bok_[^\"/]+"));
        return words(operator.open(link(book, "/console/ledger/[^\"]+" + merchant + "[^\"]*wallet[^\"]*")));
    }

    /** As the console writes an amount of USDC: no more zeros than money usually has. */
    private static String money(Payment payment) {
        var amount = new BigDecimal(payment.request().due()).stripTrailingZeros();
        return amount.setScale(Math.max(2, amount.scale())).toPlainString();
    }
}
