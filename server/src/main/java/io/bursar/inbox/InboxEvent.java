package io.bursar.inbox;

import io.bursar.shared.IdText;
import java.time.Instant;
import java.util.UUID;

/** A kept event on its way to being applied. {@code body} is what came, byte by byte. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
public record InboxEvent(
        UUID id,
        String provider,
        String account,
        String externalId,
        String kind,
        String subject,
        byte[] body,
        Instant receivedAt) {

    /** {@code ine_…}, as pages name it. */
    public String idText() {
        return IdText.of("ine", id);
    }
}
