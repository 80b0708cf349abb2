package io.bursar.mail;

import java.util.UUID;

/** A mail this node has claimed. {@code attempt} counts from 1. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record QueuedMail(UUID id, String kind, String recipient, String subject, byte[] bodySealed, int attempt) {
    @Override
    public String toString() {
        return "QueuedMail[" + id + " " + kind + "]";
    }
}
