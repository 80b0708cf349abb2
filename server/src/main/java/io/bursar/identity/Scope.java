package io.bursar.identity;

import java.util.Arrays;
import java.util.Optional;

/** What a {@link Principal.LedgerKey} may do in its book. */
public enum Scope {
    LEDGER_POST("ledger:post"),
    LEDGER_READ("ledger:read");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** As people and programs write it. */
    public String text() {
        return text;
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
