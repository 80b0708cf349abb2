package io.bursar.stablecoin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.fx.Fx;
import io.bursar.fx.FxAnswer;
import io.bursar.platform.Secrets;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.ChainAvailability;
import io.bursar.stablecoin.MerchantId;
import io.bursar.stablecoin.evm.Asset;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The whole product with a standing world around it, and the steps of the story up to a payment request. */
final class DeskOnline implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final StandIn world = new StandIn();
    final TestBursar bursar = TestBursar.start(Map.of(
            "EVM_RPC_URLS_8453", world.nodeUrl(),
            "WEBHOOK_ALLOWED_ORIGINS", world.origin()));
    final Browser admin;

    DeskOnline() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(bursar.bean(ChainAvailability.class).refusal(8453, Asset.USDC))
                    .isEmpty();
            assertThat(bursar.bean(Fx.class).rate(new MoneyUnit("EUR", 2), new MoneyUnit("USD", 2)))
                    .isInstanceOf(FxAnswer.Rate.class);
        });
        admin = bursar.admin();
    }

    /** A partner as the page that showed its secrets told of it. */
    record Known(String id, String apiKey, String webhookSecret) {}

    Map<String, String> partnerForm() {
        int number = NAMES.incrementAndGet();
        return Map.of(
                "name", "Northwind " + number,
                "slug", "northwind-" + number,
                "chain", "8453",
                "asset", "USDC",
                "displayCurrency", "EUR",
                "minFiatPerRequest", "1.00",
                "webhookUrl", world.origin() + "/hook",
                "brandColor", "#0f766e");
    }

    Known partner() {
        HttpResponse<String> answer =
                admin.submit("/console/stablecoin/partners/new", "/console/stablecoin/partners", partnerForm());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new Known(
                shown(answer, "id=\"partner-id\">([^<]+)<"),
                shown(answer, "id=\"api-key\">([^<]+)<"),
                shown(answer, "id=\"webhook-secret\">([^<]+)<"));
    }

    /** Invites and answers the merchant's id. */
    String invited(Known partner) {
        String page = "/console/stablecoin/partners/" + partner.id();
        HttpResponse<String> answer = admin.submit(
                page,
                page + "/merchants",
                Map.of("name", "Coffee", "email", "coffee-" + NAMES.incrementAndGet() + "@example.com"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** The mail's body is nobody's business but the recipient's, so the link is given a token that is known. */
    String inviteLink(String merchantId) {
        Secrets secrets = bursar.bean(Secrets.class);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secrets.randomBytes(32));
        int updated = bursar.sql()
                .sql("""
                        UPDATE stablecoin.merchant_invite SET token_digest = :digest
                        WHERE merchant_id = :id AND accepted_at IS NULL AND superseded_at IS NULL
                        """)
                .param("digest", secrets.digest("stablecoin.merchant_invite", token))
                .param("id", MerchantId.parse(merchantId).orElseThrow().value())
                .update();
        assertThat(updated).isEqualTo(1);
        return "/invite/" + token;
    }

    String merchant(Known partner) {
        String merchant = invited(partner);
        String link = inviteLink(merchant);
        HttpResponse<String> answer = bursar.browser().submit(link, link, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return merchant;
    }

    Browser api(Known partner) {
        return bursar.browser().withKey(partner.apiKey());
    }

    static String body(String merchantId, String amount, String currency) {
        return "{\"merchantId\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\"}".formatted(merchantId, amount, currency);
    }

    static String shown(HttpResponse<String> page, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page.body());
        assertThat(matcher.find()).as(pattern + " in " + page.body()).isTrue();
        return matcher.group(1);
    }

    @Override
    public void close() {
        bursar.close();
        world.close();
    }
}
