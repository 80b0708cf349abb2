package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.TxHash;

/** Names a Transfer log for ever: its transaction and its place among the logs of that transaction's receipt. */
record LogKey(long chainId, TxHash tx, int ordinal) {}
