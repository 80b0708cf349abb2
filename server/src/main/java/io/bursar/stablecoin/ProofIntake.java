package io.bursar.stablecoin;

import io.bursar.shared.Actor;
import io.bursar.stablecoin.evm.TxHash;

/** Where a pasted or sent transaction hash goes: the verifying half of this module. */
interface ProofIntake {
    /** Takes the hash as a hint. It never overrides address or amount, and a verified request stays as it is. */
    Answer attach(PaymentRequestId request, TxHash tx, Actor actor);

    sealed interface Answer {
        /** The hash stands on the request now (or did before) and will be looked up. */
        record Attached() implements Answer {}

        /** The request is verified already; nothing was changed. */
        record AlreadyVerified() implements Answer {}

        /** The hash is a part of another request's proof that was verified. */
        record AlreadyUsed() implements Answer {}
    }
}
