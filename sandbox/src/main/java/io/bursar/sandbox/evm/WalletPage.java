package io.bursar.sandbox.evm;

import static io.bursar.sandbox.http.Page.escape;

import io.bursar.sandbox.http.BadRequestException;
import io.bursar.sandbox.http.Page;
import io.bursar.sandbox.http.Request;
import io.bursar.sandbox.http.Response;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The customer's wallet of the demo: paste the address of a pay page or its payment link, or arrive with {@code link},
 * or {@code token}, {@code to} and {@code amount}, in the query; then pay exactly, less, or more.
 */
final class WalletPage {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,18})?");
    private static final BigDecimal LESS = new BigDecimal("0.9");
    private static final BigDecimal MORE = new BigDecimal("1.1");

    private final List<TokenSpec> tokens;
    private final DevWallets wallets;

    private record Payment(TokenSpec token, Address to, BigDecimal amount) {}

    WalletPage(List<TokenSpec> tokens, DevWallets wallets) {
        this.tokens = tokens;
        this.wallets = wallets;
    }

    Response handle(Request request) {
        return request.method().equals("POST") ? pay(request) : page(request);
    }

    private Response pay(Request request) {
        var form = request.form();
        var payment = form.getOrDefault("link", "").isBlank()
                ? new Payment(
                        token(form.getOrDefault("token", "")),
                        address(form.getOrDefault("to", "")),
                        amount(form.getOrDefault("amount", "")))
                : linked(form.getOrDefault("link", "").strip());
        try {
            var hash =
                    wallets.pay(payment.token().address(), payment.to(), units(payment, form.getOrDefault("how", "")));
            return Response.seeOther("/wallet?sent=" + hash.hex());
        } catch (RpcException refused) {
            throw new BadRequestException(refused.explanation(), refused);
        }
    }

    private static BigInteger units(Payment payment, String how) {
        var amount = switch (how) {
            case "less" -> payment.amount().multiply(LESS);
            case "more" -> payment.amount().multiply(MORE);
            default -> payment.amount();
        };
        return amount.setScale(payment.token().decimals(), RoundingMode.DOWN).unscaledValue();
    }

    private Payment linked(String text) {
        var link = PaymentLink.read(text);
        var token = token(link.token().hex());
        return new Payment(token, link.to(), link.units().movePointLeft(token.decimals()));
    }

    private TokenSpec token(String text) {
        return tokens.stream()
                .filter(token -> token.address().hex().equalsIgnoreCase(text)
                        || token.symbol().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("token: " + text + " is not on this chain"));
    }

    private static Address address(String text) {
        try {
            return Address.of(text.strip());
        } catch (IllegalArgumentException malformed) {
            throw new BadRequestException(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static BigDecimal amount(String text) {
        if (!AMOUNT.matcher(text.strip()).matches()) {
            throw new BadRequestException("amount: " + text + " (expected: a decimal number)");
        }
        return new BigDecimal(text.strip());
    }

    private Response page(Request request) {
        var sent = request.parameter("sent")
                .map(hash -> """
                        <section class="card"><div><span class="tag ok">Sent</span> It will be in the next block.</div>
                        <div class="mono">%s</div></section>
                        """.formatted(escape(hash)))
                .orElse("");
        var body = """
                <h1>Pay a request</h1>
                <p class="dim">This wallet belongs to the sandbox: its coins exist on the stand-in chain only. Paying
                sends a real signed transaction to that chain.</p>%s
                <form class="card" method="post" action="/wallet"><div class="head"><h2>With the payment link</h2></div>
                <div><label>Address of the pay page, or its “Open in wallet” link
                <input name="link" value="%s" placeholder="http://127.0.0.1:…/pay/req_…"></label>%s
                </div></form>
                <form class="card" method="post" action="/wallet"><div class="head"><h2>By hand</h2></div>
                <div><label>Token <select name="token">%s</select></label>
                <label>To address <input name="to" value="%s" placeholder="0x…"></label>
                <label>Amount <input name="amount" inputmode="decimal" value="%s" placeholder="42.50"></label>%s
                </div></form>
                """.formatted(
                        sent,
                        escape(request.parameter("link").orElse("")),
                        buttons(),
                        options(request.parameter("token").orElse("")),
                        escape(request.parameter("to").orElse("")),
                        escape(request.parameter("amount").orElse("")),
                        buttons());
        return Response.html(Page.of("Sandbox wallet", body));
    }

    private static String buttons() {
        return """
                <button class="primary" name="how" value="exact">Pay exactly</button>
                <button name="how" value="less">Pay 10 % less</button>
                <button name="how" value="more">Pay 10 % more</button>
                """;
    }

    private String options(String chosen) {
        return tokens.stream()
                .map(token -> "<option value=\"%s\"%s>%s</option>"
                        .formatted(
                                escape(token.address().hex()),
                                token.address().hex().equalsIgnoreCase(chosen)
                                                || token.symbol().equals(chosen)
                                        ? " selected"
                                        : "",
                                escape(token.symbol() + (token.bridged() ? " (bridged look-alike)" : ""))))
                .collect(Collectors.joining());
    }
}
