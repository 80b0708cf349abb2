package io.bursar.ledger;

/** A submission in the hands of one worker at a time, and what has become of it so far. */
final class Ticket {
    private final Submission submission;
    private boolean commitLost;
    private int detours;

    Ticket(Submission submission) {
        this.submission = submission;
    }

    Submission submission() {
        return submission;
    }

    PostingId id() {
        return submission.id();
    }

    int legs() {
        return submission.posting().legs().size();
    }

    BookId book() {
        return submission.posting().book();
    }

    Convoy convoy() {
        return submission.convoy();
    }

    void commitWasLost() {
        commitLost = true;
    }

    /** Whether it may have been posted without anybody having been told. */
    boolean mayBePosted() {
        return commitLost;
    }

    int detoured() {
        return ++detours;
    }
}
