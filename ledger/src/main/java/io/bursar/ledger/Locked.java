package io.bursar.ledger;

import java.util.List;
import java.util.Map;

/** What of a batch can be decided now, on what, and which account stood in the way of each submission that cannot. */
record Locked(List<Submission> batch, Snapshot snapshot, Map<PostingId, AccountKey> heldUp) {}
