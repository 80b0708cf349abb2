package io.bursar.stablecoin.evm;

/** What a contract said to a read. A revert is an answer of the contract, not a failure of the endpoint. */
public sealed interface CallResult {

    record Returned(String data) implements CallResult {}

    record Reverted(String message) implements CallResult {}
}
