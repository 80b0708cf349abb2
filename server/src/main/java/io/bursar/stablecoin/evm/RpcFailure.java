package io.bursar.stablecoin.evm;

/** Why an endpoint gave no answer. {@code message} is short and holds no URL or key. */
public record RpcFailure(Kind kind, int code, String message) {

    public enum Kind {
        /** Never reached: nothing was sent. */
        CONNECT,
        /** Broke off: what was sent may have arrived. */
        CONNECTION_LOST,
        TIMEOUT,
        RATE_LIMITED,
        HTTP_STATUS,
        RESPONSE_TOO_LARGE,
        MALFORMED,
        /** A JSON-RPC error; {@code code} is its code. */
        RPC_ERROR,
        /** The endpoint serves another chain than configured. */
        WRONG_CHAIN,
        /** The endpoint has not yet seen the blocks asked for. */
        BEHIND,
        /** One of our own limits. */
        LIMIT,
        INTERRUPTED
    }

    /**
     * Stable and short, for health pages and logs: {@code timeout}, {@code http_status_503}, {@code
     * rpc_error_-32000}.
     */
    public String errorCode() {
        var name = Hex.lower(kind.name());
        return code == 0 ? name : name + "_" + code;
    }
}
