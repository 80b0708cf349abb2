package io.bursar.stablecoin;

import io.bursar.shared.Check;

/** Where a Transfer's units go: to the merchant's wallet and to what nobody has claimed yet. */
record Allocation(Finding finding, long wallet, long unclaimed) {
    Allocation {
        Check.argument(wallet >= 0 && unclaimed >= 0, "units: %s and %s (expected: >= 0)", wallet, unclaimed);
        Check.argument(wallet > 0 || unclaimed > 0, "units: none (expected: some)");
        Check.argument(finding.pays() == (wallet > 0), "units to the wallet: %s (of: %s)", wallet, finding);
    }
}
