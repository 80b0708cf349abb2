/**
 * EVM chains by JSON-RPC: wire formats, addresses and keys. Knows what a Transfer is and nothing of who owes what.
 */
@NullMarked
package io.bursar.stablecoin.evm;

import org.jspecify.annotations.NullMarked;
