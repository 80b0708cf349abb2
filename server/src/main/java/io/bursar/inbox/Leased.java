package io.bursar.inbox;

import java.util.UUID;

/**
 * An event this node has the lease of.
 *
 * @param attempts all that were begun, this one included
 * @param step those of the present round, this one included
 * @param lost whether the attempt before this one never ended
 */
record Leased(InboxEvent event, UUID lease, int attempts, int step, boolean lost) {}
