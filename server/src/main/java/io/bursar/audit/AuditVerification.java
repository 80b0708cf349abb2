package io.bursar.audit;

/**
 * What recomputing the chain found. Cutting off the newest entries together with their links leaves no trace inside
 * the database; whoever must prove that keeps a head elsewhere.
 */
public sealed interface AuditVerification {
    /** @param head the last link's hash in hexadecimal; empty without entries */
    record Intact(long links, String head) implements AuditVerification {}

    /** @param sequence of the first entry that does not fit */
    record Broken(long sequence, String sentence) implements AuditVerification {}
}
