package io.bursar.sandbox.evm;

import java.util.List;

/** A log as a contract emitted it; where it stands in its block is known only once the block is there. */
record Event(Address address, List<Hash32> topics, String data) {}
