package io.bursar.bench.ledger;

import io.bursar.inbox.Delivery;
import io.bursar.inbox.HmacSha256;
import io.bursar.inbox.Provider;
import io.bursar.inbox.Verdict;
import io.bursar.inbox.Verdict.Genuine;
import io.bursar.inbox.Verdict.Reason;
import io.bursar.inbox.Verdict.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends events as providers do: JSON of two kilobytes, and a signature over a time and the body. */
@Component
final class BenchProvider implements Provider {
    static final String NAME = "bench";
    private static final String HEADER = "bench-signature";
    private static final int BODY_BYTES = 2_048;
    private static final HmacSha256 KEY = new HmacSha256("bench".getBytes(StandardCharsets.UTF_8));
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Two kilobytes that say this id. */
    static byte[] body(String id) {
        String head =
                "{\"id\":\"%s\",\"type\":\"invoice.paid\",\"subject\":\"customer/%s\",\"note\":\"".formatted(id, id);
        return (head + "x".repeat(BODY_BYTES - head.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** The whole request, as it goes over the wire. */
    static byte[] request(byte[] body) {
        byte[] head =
                """
                POST /api/webhooks/%s HTTP/1.1\r
                Host: bench\r
                Content-Type: application/json\r
                Content-Length: %d\r
                %s: t=1,v1=%s\r
                \r
                """.formatted(NAME, body.length, HEADER, signature("1", body)).getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Verdict verify(Delivery delivery) {
        String given = delivery.header(HEADER).orElse("");
        if (!HmacSha256.same("t=1,v1=" + signature("1", delivery.body()), given)) {
            return new Rejected(Reason.FORGED);
        }
        try {
            JsonNode event = JSON.readTree(delivery.body());
            return new Genuine(
                    event.path("id").asString(),
                    event.path("type").asString(),
                    event.path("subject").asString());
        } catch (JacksonException unreadable) {
            return new Rejected(Reason.UNREADABLE);
        }
    }

    private static String signature(String time, byte[] body) {
        return HexFormat.of().formatHex(KEY.sign((time + ".").getBytes(StandardCharsets.US_ASCII), body));
    }
}
