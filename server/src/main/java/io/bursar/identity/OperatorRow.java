package io.bursar.identity;

import java.util.UUID;

/** An operator with what only signing in may see. */
record OperatorRow(OperatorView view, String passwordHash) {
    UUID id() {
        return view.id();
    }

    boolean enabled() {
        return view.disabledAt() == null;
    }

    @Override
    public String toString() {
        return "OperatorRow[" + view.id() + "]";
    }
}
