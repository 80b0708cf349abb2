package io.bursar.stablecoin;

import java.util.List;

/** The answer to creating a partner. */
public sealed interface PartnerCreation {
    /** Made. Its secrets are known at this moment only. */
    record Created(Partner partner, String apiKey, String webhookSecret) implements PartnerCreation {
        @Override
        public String toString() {
            return "Created[" + partner.id() + "]";
        }
    }

    /** Not made, and everything that stands against it. */
    record Refused(List<FieldError> errors) implements PartnerCreation {}
}
