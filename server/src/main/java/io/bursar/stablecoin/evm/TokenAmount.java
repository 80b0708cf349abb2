package io.bursar.stablecoin.evm;

import java.math.BigInteger;

/** A uint256 off the chain. The ledger counts in {@code long}; what does not fit is named, never cut. */
public sealed interface TokenAmount {

    BigInteger atomic();

    static TokenAmount of(BigInteger atomic) {
        if (atomic.signum() < 0 || atomic.bitLength() > 256) {
            throw new IllegalArgumentException("uint256: " + atomic + " (expected: 0 to 2^256-1)");
        }
        return atomic.bitLength() < Long.SIZE ? new Bookable(atomic.longValueExact()) : new AboveLong(atomic);
    }

    /** Fits the ledger. */
    record Bookable(long units) implements TokenAmount {
        public Bookable {
            if (units < 0) {
                throw new IllegalArgumentException("units: " + units + " (expected: >= 0)");
            }
        }

        @Override
        public BigInteger atomic() {
            return BigInteger.valueOf(units);
        }
    }

    /** Above 2^63-1 units. No real payment is; a forged or broken token may say so. */
    record AboveLong(BigInteger atomic) implements TokenAmount {}
}
