package io.bursar.sandbox.evm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON-RPC error with its code, as the known nodes answer it. */
final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String explanation;
    private final @Nullable String data;

    private RpcException(int code, String message, @Nullable String data) {
        super(message);
        this.code = code;
        this.explanation = message;
        this.data = data;
    }

    static RpcException invalidRequest(String message) {
        return new RpcException(-32600, message, null);
    }

    static RpcException methodNotFound(String method) {
        return new RpcException(-32601, "the method " + method + " does not exist/is not available", null);
    }

    static RpcException invalidParams(String message) {
        return new RpcException(-32602, message, null);
    }

    static RpcException parseError(String message) {
        return new RpcException(-32700, message, null);
    }

    static RpcException internal(String message) {
        return new RpcException(-32603, message, null);
    }

    static RpcException limitExceeded(String message) {
        return new RpcException(-32005, message, null);
    }

    /** What geth answers when it will not take a transaction. */
    static RpcException refused(String message) {
        return new RpcException(-32000, message, null);
    }

    static RpcException reverted(String reason) {
        return new RpcException(3, "execution reverted: " + reason, Words.revertData(reason));
    }

    int code() {
        return code;
    }

    String explanation() {
        return explanation;
    }

    Optional<String> data() {
        return Optional.ofNullable(data);
    }
}
