package io.bursar.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** An answer as it is kept: {@code body} is JSON, {@code replayed} says that it was given before. */
public record IdempotentResponse(
        int status, String body, @Nullable String location, boolean replayed) {
    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    public IdempotentResponse(int status, String body) {
        this(status, body, null, false);
    }

    public static IdempotentResponse created(String location, String body) {
        return new IdempotentResponse(HttpStatus.CREATED.value(), body, location, false);
    }

    public ResponseEntity<String> entity() {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (location != null) {
            answer.location(URI.create(location));
        }
        if (replayed) {
            answer.header(REPLAYED_HEADER, "true");
        }
        return answer.body(body);
    }

    boolean successful() {
        return status >= 200 && status < 300;
    }
}
