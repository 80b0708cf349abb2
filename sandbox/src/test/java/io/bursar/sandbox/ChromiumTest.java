package io.bursar.sandbox;

import static io.bursar.sandbox.Stage.link;
import static io.bursar.sandbox.Stage.patience;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.Chromium.Screen;
import io.bursar.sandbox.Chromium.Theme;
import io.bursar.sandbox.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a real browser can say of the pages: that they fit, live, obey their own policy and keep nobody out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromiumTest {
    private static final DemoConsole.Invitation COFFEE =
            new DemoConsole.Invitation("Northwind Coffee", "ana@northwindcoffee.example");
    private final Stage stage = Stage.open();
    private final Chromium chromium = Chromium.start(stage.url());
    private final DemoConsole console = new DemoConsole(stage.url()).signIn(Stage.OPERATOR);
    private final DemoFile.Partner partner = console.createPartner(Stage.BASE, stage.partner.hookUrl());
    private final String merchant = merchant();
    private final String paid = paid();

    @AfterAll
    void close() {
        chromium.close();
        stage.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_pay_page_ticks_and_follows_the_payment_by_itself(Screen screen) {
        var request = request();
        chromium.at(screen, Theme.LIGHT).open("/pay/" + request);
        assertThat(chromium.text("#status")).contains("Waiting for your payment");
        assertThat(chromium.tooWide(screen)).isEmpty();
        var countdown = "b[data-countdown]";
        var before = chromium.text(countdown);
        assertThat(before).matches("\\d+:\\d\\d");
        patience("the countdown to tick").until(() -> !chromium.text(countdown).equals(before));

        chromium.mark();
        stage.stopTheChain();
        pay(request);
        stage.mineBlock();
        patience("the page to see it").until(() -> chromium.text("#status").contains("Payment seen"));
        stage.letTheChainGoOn();
        patience("the page to say it is paid")
                .until(() -> chromium.text("#status").contains("Paid"));
        assertThat(chromium.text("#status")).contains("The payment is final.");
        assertThat(chromium.isMarked()).as("still the page that was opened").isTrue();
        assertThat(chromium.tooWide(screen)).isEmpty();
        assertThat(chromium.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nobody_is_kept_out(Theme theme) {
        chromium.at(Screen.DESKTOP, theme).signOut();
        for (var path : List.of("/login", "/pay/" + request(), "/pay/" + paid)) {
            assertThat(chromium.open(path).barriers()).as(path).isEmpty();
        }
        chromium.signIn(Stage.OPERATOR);
        for (var path : consolePages()) {
            assertThat(chromium.open(path).barriers()).as(path).isEmpty();
            assertThat(chromium.path()).isEqualTo(path);
        }
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void a_barrier_would_be_found() {
        chromium.at(Screen.DESKTOP, Theme.LIGHT).signOut();
        chromium.open("/login").deface();
        assertThat(chromium.barriers()).singleElement().asString().startsWith("label: ");
    }

    @ParameterizedTest
    @EnumSource
    void no_page_scrolls_sideways(Screen screen) {
        chromium.at(screen, Theme.DARK).signOut();
        chromium.signIn(Stage.OPERATOR);
        var findings = new ArrayList<String>();
        var paths = new ArrayList<>(consolePages());
        paths.addAll(List.of("/login", "/pay/" + request(), "/pay/" + paid));
        for (var path : paths) {
            chromium.open(path).tooWide(screen).forEach(finding -> findings.add(path + ": " + finding));
        }
        assertThat(findings).isEmpty();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void a_phone_finds_every_section_behind_its_menu() {
        chromium.at(Screen.PHONE, Theme.LIGHT).signOut();
        chromium.signIn(Stage.OPERATOR);
        chromium.open("/console");
        assertThat(chromium.barriers()).isEmpty();
        assertThat(chromium.text("nav.phone")).contains("Payments", "Ledger", "Webhooks out", "Sign out");
    }

    private List<String> consolePages() {
        var books = console.open("/console/ledger");
        var book = link(books, "/console/ledger/bok_[^\"/]+");
        var statement = link(console.open(book), "/console/ledger/[^\"]+wallet[^\"]*");
        var webhooks = console.open("/console/webhooks");
        return List.of(
                "/console",
                "/console/payments",
                "/console/payments/" + paid,
                "/console/stablecoin/partners/" + partner.id(),
                "/console/stablecoin/partners/new",
                "/console/stablecoin/merchants/" + merchant,
                "/console/ledger",
                book,
                statement,
                book + "/transfers",
                "/console/webhooks",
                link(webhooks, "/console/webhooks/deliveries/[^\"]+"),
                "/console/audit");
    }

    private String merchant() {
        stage.partner.configure(stage.url(), partner);
        console.invite(partner, COFFEE);
        console.accept(COFFEE, stage.mailbox());
        return console.merchantId(partner, COFFEE).orElseThrow();
    }

    /** A request whose payment is final and whose partner has been told. */
    private String paid() {
        var request = request();
        pay(request);
        patience("the partner to be told").until(() -> stage.partner.notices().size() == 1);
        return request;
    }

    private String request() {
        var order = Map.of("merchantId", merchant, "amount", "39.12", "currency", "EUR", "reference", "table-7");
        var answer = patience("the chain to be open")
                .until(
                        () -> stage.partner.askForPayment(
                                order, UUID.randomUUID().toString()),
                        each -> each.statusCode() != 503);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Json.parse(answer.body()).path("id").stringValue();
    }

    private void pay(String request) {
        new DemoShop(stage.url(), "the wallet needs no key").pay(stage.walletUrl(), request, "exact");
    }
}
