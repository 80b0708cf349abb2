package io.bursar.sandbox.evm;

import io.bursar.sandbox.http.BadRequestException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a wallet reads from a QR code (EIP-681), or from the pay page that shows it. */
record PaymentLink(Address token, Address to, BigDecimal units) {
    private static final Pattern EIP_681 = Pattern.compile("ethereum:(?:pay-)?(0x[0-9a-fA-F]{40})(?:@[0-9]+)?"
            + "/transfer\\?address=(0x[0-9a-fA-F]{40})&(?:amp;)?uint256=([0-9]{1,30})(?:\\.0*)?(?:[eE]([0-9]{1,2}))?");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PAGE_BYTES_MAX = 1 << 20;

    static PaymentLink read(String text) {
        return find(text.startsWith("http://") || text.startsWith("https://") ? page(text) : text);
    }

    private static PaymentLink find(String text) {
        Matcher match = EIP_681.matcher(text);
        if (!match.find()) {
            throw new BadRequestException(
                    "no payment link (expected: ethereum:TOKEN@CHAIN/transfer?address=…&uint256=…, or a pay page)");
        }
        int exponent = match.group(4) == null ? 0 : Integer.parseInt(match.group(4));
        return new PaymentLink(
                Address.of(match.group(1)),
                Address.of(match.group(2)),
                new BigDecimal(match.group(3)).scaleByPowerOfTen(exponent));
    }

    private static String page(String url) {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return new String(body.readNBytes(PAGE_BYTES_MAX), StandardCharsets.UTF_8);
            }
        } catch (IOException | IllegalArgumentException unreachable) {
            throw new BadRequestException("the pay page cannot be read", unreachable);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new BadRequestException("the wallet is closing", closing);
        }
    }
}
