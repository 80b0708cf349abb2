package io.bursar.stablecoin.evm;

/**
 * An endpoint said something that is not Ethereum JSON-RPC. Caught where the answer is read; it never leaves the
 * package.
 */
final class MalformedAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedAnswer(String message) {
        super(message);
    }
}
