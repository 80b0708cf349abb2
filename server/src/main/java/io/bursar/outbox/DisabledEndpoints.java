package io.bursar.outbox;

import io.bursar.consolespi.HeaderTag;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says on the Today page that partners hear nothing any more, as long as that is so. */
@Component
class DisabledEndpoints implements HeaderTag {
    private final EndpointStore endpoints;

    DisabledEndpoints(EndpointStore endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Optional<Tag> tag() {
        long disabled = endpoints.countDisabledByFailure();
        String text = disabled == 1 ? "1 webhook endpoint disabled" : disabled + " webhook endpoints disabled";
        return disabled == 0 ? Optional.empty() : Optional.of(new Tag(Tone.BAD, text, "/console/webhooks"));
    }
}
