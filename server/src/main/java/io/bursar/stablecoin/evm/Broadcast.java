package io.bursar.stablecoin.evm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.web3j.crypto.Hash;

/**
 * Sends a signed transaction. Sending the same bytes to a second endpoint is harmless, they are the same transaction;
 * but once an endpoint may have taken it, a later "nonce too low" can mean exactly that it did, so it is no refusal
 * any more.
 */
final class Broadcast {

    /**
     * Errors of the endpoint rather than of the transaction: parse error, invalid request, no such method, internal,
     * limits.
     */
    private static final Set<Integer> SAYS_NOTHING_OF_THE_TRANSACTION =
            Set.of(-32700, -32600, -32601, -32603, -32005, -32002, -32001);

    private final String signedTransaction;
    private final TxHash hash;
    private boolean mayHaveBeenTaken;
    private RpcFailure last = new RpcFailure(RpcFailure.Kind.LIMIT, 0, "no endpoint configured");

    Broadcast(String signedTransaction) {
        this.signedTransaction = signedTransaction;
        this.hash = TxHash.of(Hex.text(Hash.sha3(Hex.bytes(signedTransaction))));
    }

    TxHash hash() {
        return hash;
    }

    SendResult to(List<Endpoint> endpoints) {
        for (var endpoint : endpoints) {
            var result = verdict(endpoint.answer(Query.send(signedTransaction, hash)));
            if (result.isPresent()) {
                return result.get();
            }
        }
        return new SendResult.Unknown(hash, last);
    }

    private Optional<SendResult> verdict(RpcAnswer<TxHash> answer) {
        return switch (answer) {
            case RpcAnswer.Answered<TxHash>(var accepted) -> Optional.of(new SendResult.Accepted(accepted));
            // Null to a broadcast is malformed and comes as Unavailable.
            case RpcAnswer.Absent<TxHash>() -> Optional.empty();
            case RpcAnswer.Unavailable<TxHash>(var failure) -> {
                last = failure;
                yield failed(failure);
            }
        };
    }

    private Optional<SendResult> failed(RpcFailure failure) {
        return switch (failure.kind()) {
            case RPC_ERROR -> told(failure);
            case CONNECT, RATE_LIMITED, WRONG_CHAIN, BEHIND, LIMIT -> Optional.empty();
            case CONNECTION_LOST, TIMEOUT, HTTP_STATUS, RESPONSE_TOO_LARGE, MALFORMED, INTERRUPTED -> {
                mayHaveBeenTaken = true;
                yield Optional.empty();
            }
        };
    }

    private Optional<SendResult> told(RpcFailure failure) {
        var words = failure.message().toLowerCase(Locale.ROOT);
        if (words.contains("already known") || words.contains("already imported")) {
            return Optional.of(new SendResult.Accepted(hash));
        }
        if (mayHaveBeenTaken || SAYS_NOTHING_OF_THE_TRANSACTION.contains(failure.code())) {
            return Optional.empty();
        }
        return Optional.of(new SendResult.Refused(failure.code(), failure.message()));
    }
}
