package io.bursar.stablecoin;

import io.bursar.shared.Actor;
import io.bursar.stablecoin.evm.TxHash;

/** Where a pasted or sent transaction hash goes: the verifying half of this module. */
interface ProofIntake {
    /** Takes the hash as a hint. It never overrides address or amount, and a verified request stays as it is. */
    Answer attach(PaymentRequestId request, TxHash tx, Actor actor);

    enum Answer {
        /** The hash stands on the request (or did before) and is looked up. */
        ATTACHED,
        /** The request was verified before, by this or another transaction; nothing was changed. */
        ALREADY_VERIFIED
    }
}
