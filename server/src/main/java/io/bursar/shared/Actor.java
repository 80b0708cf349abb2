package io.bursar.shared;

import java.util.Locale;

/** Who did something, as the audit log and the ledger name them: a kind and an id, never a name or an address. */
public record Actor(Kind kind, String id) {
    public enum Kind {
        OPERATOR,
        PARTNER,
        MERCHANT,
        CUSTOMER,
        CONTACT,
        API_KEY,
        SYSTEM
    }

    public static Actor system(String part) {
        return new Actor(Kind.SYSTEM, part);
    }

    /** {@code operator/6f1c…}; the form that is stored. */
    public String text() {
        return kind.name().toLowerCase(Locale.ROOT) + "/" + id;
    }

    @Override
    public String toString() {
        return text();
    }
}
