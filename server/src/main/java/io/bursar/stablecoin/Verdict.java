package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Erc20.OrdinalTransfer;
import java.util.List;

/** What a proof comes to. All but {@link Verified} may be followed by another verdict later. */
sealed interface Verdict {
    /** Nothing can be said against it yet. */
    record Waiting(ProofReason reason, List<Judged> transfers) implements Verdict {}

    /** This hash does not prove payment. The request stays payable. */
    record Failed(ProofReason reason, List<Judged> transfers) implements Verdict {}

    record Verified(Judged payment, List<Judged> transfers) implements Verdict {}

    /** The Transfers to the request's address in the transaction; each is recorded, whatever the verdict. */
    List<Judged> transfers();

    record Judged(OrdinalTransfer log, Judgement judgement) {}

    static Verdict failed(ProofReason reason) {
        return new Failed(reason, List.of());
    }

    static Verdict waiting(ProofReason reason) {
        return new Waiting(reason, List.of());
    }
}
