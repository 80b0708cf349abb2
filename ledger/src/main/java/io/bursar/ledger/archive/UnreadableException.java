package io.bursar.ledger.archive;

/** Ends the reading of an archive at the line that is not what has to be there. */
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long line;
    private final String found;

    UnreadableException(long line, String found) {
        super("line " + line + ": " + found);
        this.line = line;
        this.found = found;
    }

    ImportOutcome.Unreadable outcome() {
        return new ImportOutcome.Unreadable(line, found);
    }
}
