package io.bursar.sandbox;

import io.bursar.sandbox.mail.Mailbox;
import io.bursar.sandbox.mail.Message;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operator of the demo at the console, and the merchants who open their mail. */
final class DemoConsole {
    private static final Pattern API_KEY = Pattern.compile("(bk_[A-Za-z0-9_-]{20,})");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("(whsec_[A-Za-z0-9+/=]{20,})");
    private static final Pattern PARTNER = Pattern.compile("(ptn_[0-9a-z-]{20,})");
    private static final Pattern MERCHANT = Pattern.compile("(mer_[0-9a-z-]{20,})");
    private static final Pattern INVITE = Pattern.compile("https?://\\S+(/invite/[A-Za-z0-9_-]+)");
    private static final String PARTNERS = "/console/stablecoin/partners";
    private static final String OPERATORS = "/console/operators";

    private final Browser browser;
    private final String baseUrl;

    record Invitation(String merchant, String email) {}

    DemoConsole(String baseUrl) {
        this.baseUrl = baseUrl;
        this.browser = new Browser(baseUrl);
    }

    DemoConsole signIn(DemoFile.SignIn operator) {
        var shown = browser.submit(
                "/login", "/login.*", Map.of("email", operator.email(), "password", operator.password()));
        shown.expectOk("signing in");
        if (shown.address().getPath().startsWith("/login")) {
            throw new IllegalStateException("the operator of the demo cannot sign in: has the password been changed?");
        }
        return this;
    }

    void addViewer(DemoFile.SignIn viewer) {
        var fields = Map.of(
                "email", viewer.email(), "name", "Vera Lindqvist", "role", "viewer", "password", viewer.password());
        browser.submit(OPERATORS, OPERATORS + ".*", fields).expectOk("adding the viewer");
    }

    /** The page after creating a partner is the only one that ever shows its key and its secret. */
    DemoFile.Partner createPartner(long chainId, String webhookUrl) {
        var fields = Map.of(
                "name", "Northwind Market",
                "slug", "northwind",
                "chain", Long.toString(chainId),
                "asset", "USDC",
                "displayCurrency", "EUR",
                "minFiatPerRequest", "1.00",
                "webhookUrl", webhookUrl,
                "brandColor", "#0f766e");
        var shown = browser.submit(PARTNERS + "/new", PARTNERS + ".*", fields).expectOk("creating the partner");
        return new DemoFile.Partner(
                required(shown, PARTNER, "partner id"),
                required(shown, API_KEY, "API key"),
                required(shown, WEBHOOK_SECRET, "webhook secret"));
    }

    /** From now on the partner's payments count once they are {@code fast}, {@code safe} or {@code final}. */
    void credit(DemoFile.Partner partner, String tier, String reason) {
        browser.submit(
                        PARTNERS + "/" + partner.id(),
                        PARTNERS + "/" + partner.id() + "/tier",
                        Map.of("tier", tier, "reason", reason))
                .expectOk("crediting " + tier);
    }

    void invite(DemoFile.Partner partner, Invitation invitation) {
        var fields = Map.of("name", invitation.merchant(), "email", invitation.email());
        browser.submit(PARTNERS + "/" + partner.id(), PARTNERS + ".*(merchants|invite).*", fields)
                .expectOk("inviting " + invitation.merchant());
    }

    /** The merchant is somebody else: a browser of their own, without the operator's session. */
    void accept(Invitation invitation, Mailbox mailbox) {
        var path = Patience.await(
                "the invitation to " + invitation.email(), () -> invitePath(mailbox, invitation.email()));
        new Browser(baseUrl).submit(path, "/invite/.*", Map.of()).expectOk("accepting as " + invitation.merchant());
    }

    Optional<String> merchantId(DemoFile.Partner partner, Invitation invitation) {
        var page = open(PARTNERS + "/" + partner.id());
        for (var row : page.html().split("<tr", -1)) {
            var id = MERCHANT.matcher(row);
            if (row.contains(invitation.merchant()) && id.find()) {
                return Optional.of(id.group(1));
            }
        }
        return Optional.empty();
    }

    Browser.Shown open(String path) {
        return browser.open(path).expectOk("opening " + path);
    }

    private static Optional<String> invitePath(Mailbox mailbox, String email) {
        return mailbox.messages().stream()
                .filter(message -> message.to().contains(email))
                .map(Message::text)
                .map(INVITE::matcher)
                .filter(match -> match.find())
                .map(match -> match.group(1))
                .findFirst();
    }

    private static String required(Browser.Shown shown, Pattern pattern, String what) {
        return shown.find(pattern)
                .orElseThrow(() -> new IllegalStateException(
                        "the page at " + shown.address().getPath() + " shows no " + what));
    }
}
