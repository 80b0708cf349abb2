package io.bursar.stablecoin.evm;

import java.time.Instant;

public record BlockHeader(long number, BlockHash hash, BlockHash parentHash, Instant timestamp) {}
