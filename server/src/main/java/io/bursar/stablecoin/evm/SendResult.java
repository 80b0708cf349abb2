package io.bursar.stablecoin.evm;

/** What became of a broadcast. After {@link Unknown} the transaction may still be mined: look it up by its hash. */
public sealed interface SendResult {

    record Accepted(TxHash hash) implements SendResult {}

    /** A node read it and will not have it, such as for want of gas money, and nobody has it. */
    record Refused(int code, String message) implements SendResult {}

    record Unknown(TxHash hash, RpcFailure failure) implements SendResult {}
}
