package io.bursar.identity;

/** An operator with what only signing in may see. */
record OperatorRow(OperatorView view, String passwordHash) {
    boolean enabled() {
        return view.disabledAt() == null;
    }

    @Override
    public String toString() {
        return "OperatorRow[" + view.id() + "]";
    }
}
