package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.util.List;

/** A transaction with what became of it; {@code firstLogIndex} counts the logs of the block before it. */
record Mined(
        Transaction transaction,
        boolean succeeded,
        long gasUsed,
        BigInteger gasPrice,
        List<Event> events,
        int index,
        int firstLogIndex,
        long cumulativeGasUsed) {}
