package io.bursar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Bursar;
import io.bursar.books.Books;
import io.bursar.ledger.Account;
import io.bursar.ledger.AccountPath;
import io.bursar.ledger.BookId;
import io.bursar.ledger.Ledger;
import io.bursar.sandbox.anvil.Anvil;
import io.bursar.sandbox.anvil.AnvilWallet;
import io.bursar.sandbox.anvil.RpcProxy;
import io.bursar.sandbox.anvil.TestUsdc;
import io.bursar.sandbox.fx.FxFeed;
import io.bursar.sandbox.http.Json;
import io.bursar.sandbox.mail.Mailbox;
import io.bursar.sandbox.webhook.Delivery;
import io.bursar.sandbox.webhook.WebhookReceiver;
import io.bursar.shared.IdText;
import io.bursar.stablecoin.ChainStatus;
import io.bursar.stablecoin.Chains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * The product beside a real EVM node with a real token at Base's USDC address: a partner whose merchant asks for
 * dollars over the API, and customers who pay with wallets that share no code with Bursar.
 */
final class RealChain implements AutoCloseable {
    static final long BASE = 8453;
    private static final DemoFile.SignIn OPERATOR =
            new DemoFile.SignIn("operator@bursar.example", "only for tests: operator");
    private static final DemoConsole.Invitation MERCHANT =
            new DemoConsole.Invitation("Corner Bakery", "baker@merchant.example");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final WalkingClock clock = new WalkingClock();
    final Anvil anvil = Anvil.start(BASE);
    final RpcProxy rpc = RpcProxy.before(anvil);
    private final Mailbox mailbox = Mailbox.start(0, 0, clock);
    private final WebhookReceiver receiver = WebhookReceiver.start(0, clock);
    private final FxFeed fx = FxFeed.start(0, clock);
    private final Path home;
    private final ConfigurableApplicationContext bursar;
    private @Nullable TestUsdc usdc;
    private DemoFile.@Nullable Partner partner;
    private @Nullable String merchant;

    private RealChain() {
        try {
            home = Files.createTempDirectory("bursar-real-chain");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        bursar = Bursar.start(settings(), clock);
    }

    /** A chain without the token, and nobody signed up. */
    static RealChain bare() {
        return new RealChain();
    }

    /** With the token, a partner and a merchant. */
    static RealChain furnished() {
        var chain = new RealChain();
        chain.placeToken();
        chain.furnish();
        return chain;
    }

    private Map<String, String> settings() {
        return Map.of(
                "PORT",
                "0",
                "BURSAR_HOME",
                home.toString(),
                "BURSAR_MODE",
                "development",
                "BURSAR_ADMIN_EMAIL",
                OPERATOR.email(),
                "BURSAR_ADMIN_PASSWORD",
                OPERATOR.password(),
                "ENCRYPTION_KEY",
                Base64.getEncoder().encodeToString(new byte[32]),
                "SMTP_URL",
                "smtp://127.0.0.1:" + mailbox.smtpPort(),
                "FX_URL",
                fx.feedUrl(),
                "EVM_RPC_URLS_" + BASE,
                rpc.rpc().toString(),
                "WEBHOOK_ALLOWED_ORIGINS",
                receiver.url());
    }

    void placeToken() {
        usdc = TestUsdc.onBase(anvil);
    }

    void furnish() {
        var console = new DemoConsole(url()).signIn(OPERATOR);
        var made = console.createPartner(BASE, receiver.hookUrl("partner"));
        receiver.trust(made.webhookSecret());
        console.invite(made, MERCHANT);
        console.accept(MERCHANT, mailbox);
        merchant = console.merchantId(made, MERCHANT).orElseThrow();
        partner = made;
    }

    String url() {
        return "http://127.0.0.1:" + bursar.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** A page of the console as the operator sees it. */
    String page(String path) {
        var browser = new Browser(url());
        browser.submit("/login", "/login.*", Map.of("email", OPERATOR.email(), "password", OPERATOR.password()));
        return browser.open(path).expectOk("opening " + path).html();
    }

    ChainStatus status() {
        return bursar.getBean(Chains.class).status(BASE).orElseThrow();
    }

    TestUsdc usdc() {
        return Objects.requireNonNull(usdc, "no token yet");
    }

    /** A customer with more money than any test spends. */
    AnvilWallet customer(int index) {
        var wallet = anvil.wallet(index);
        usdc().mint(wallet.address(), 1_000_000_000_000L);
        return wallet;
    }

    record Request(String id, String address, long units) {}

    /** The request once the chain is open for it. */
    Request ask(String dollars) {
        var answer = patience("a request over " + dollars).until(() -> post(dollars), each -> each.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var json = Json.parse(answer.body());
        return new Request(
                json.path("id").stringValue(),
                json.path("address").stringValue(),
                new BigDecimal(json.path("assetAmount").stringValue())
                        .movePointRight(6)
                        .longValueExact());
    }

    HttpResponse<String> post(String dollars) {
        var order = Map.of("merchantId", String.valueOf(merchant), "amount", dollars, "currency", "USD");
        return Web.send(api("/api/v1/payment-requests").POST(BodyPublishers.ofString(Json.write(order))));
    }

    /** Answers the HTTP status. */
    int paste(Request request, String hash) {
        var body = BodyPublishers.ofString(Json.write(Map.of("txHash", hash)));
        return Web.send(api("/api/v1/payment-requests/" + request.id() + "/proof")
                        .PUT(body))
                .statusCode();
    }

    /** {@code verified}, {@code failed wrong_amount}, {@code attached waiting_finality}. */
    String proof(Request request) {
        var proof = get("/api/v1/payment-requests/" + request.id()).path("proof");
        var finding = proof.path("finding").asString("");
        return (proof.path("status").stringValue() + " " + finding).strip();
    }

    void awaitProof(Request request, String expected) {
        patience("proof of " + request.id())
                .untilAsserted(() -> assertThat(proof(request)).isEqualTo(expected));
    }

    /** {@code final exact}, {@code reorged exact}. */
    List<String> transfers(Request request) {
        var items = get("/api/v1/payment-requests/" + request.id() + "/chain-transfers")
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(each -> each.path("state").stringValue() + " "
                        + each.path("finding").asString("-"))
                .toList();
    }

    /** From now on payments count once they are {@code fast}, {@code safe} or {@code final}. */
    void credit(String tier) {
        new DemoConsole(url()).signIn(OPERATOR).credit(partner(), tier, "only for a test");
    }

    /** How often the partner was told, by a delivery whose signature holds, that the request is paid. */
    long told(Request request) {
        return told(request, "payment.verified");
    }

    long told(Request request, String event) {
        return receiver.deliveries().stream()
                .filter(delivery ->
                        delivery.body().contains(event) && delivery.body().contains(request.id()))
                .map(Delivery::id)
                .distinct()
                .count();
    }

    record Balances(long wallet, long walletPending, long unclaimed, long unclaimedPending) {
        Balances plus(long wallet, long unclaimed) {
            return new Balances(this.wallet + wallet, walletPending, this.unclaimed + unclaimed, unclaimedPending);
        }
    }

    Balances balances() {
        var wallet = account("merchant/%s/wallet/base-usdc"
                .formatted(IdText.parse("mer", String.valueOf(merchant)).orElseThrow()));
        var unclaimed = account("unclaimed/base-usdc");
        return new Balances(wallet.balance(), wallet.pendingCredits(), unclaimed.balance(), unclaimed.pendingCredits());
    }

    boolean balanced() {
        return ledger().trialBalance(book()).stream().allMatch(each -> each.balanced());
    }

    private Account account(String path) {
        return ledger().account(book(), AccountPath.of(path)).orElseThrow();
    }

    private BookId book() {
        return bursar.getBean(Books.class)
                .open("stablecoin/" + IdText.parse("ptn", partner().id()).orElseThrow());
    }

    private DemoFile.Partner partner() {
        return Objects.requireNonNull(partner, "nobody has signed up yet");
    }

    private Ledger ledger() {
        return bursar.getBean(Books.class).ledger();
    }

    void sql(String statement) {
        bursar.getBean(JdbcClient.class).sql(statement).update();
    }

    ConditionFactory patience(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }

    private JsonNode get(String path) {
        var answer = Web.send(api(path).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private HttpRequest.Builder api(String path) {
        return Web.request(url() + path)
                .header("Authorization", "Bearer " + partner().apiKey())
                .header("Content-Type", "application/json");
    }

    @Override
    public void close() {
        bursar.close();
        fx.close();
        receiver.close();
        mailbox.close();
        rpc.close();
        anvil.close();
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException leftover) {
            throw new UncheckedIOException(leftover);
        }
    }
}
