/** A real EVM node with a real token, and a customer's wallet that shares no code with Bursar. */
@NullMarked
package io.bursar.sandbox.anvil;

import org.jspecify.annotations.NullMarked;
