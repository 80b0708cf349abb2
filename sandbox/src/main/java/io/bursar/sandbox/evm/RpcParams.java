package io.bursar.sandbox.evm;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The positional parameters of one call. */
record RpcParams(JsonNode params) {

    String text(int index) {
        var node = params.path(index);
        if (!node.isString()) {
            throw RpcException.invalidParams("missing value for required argument " + index);
        }
        return node.asString("");
    }

    boolean flag(int index) {
        return params.path(index).asBoolean(false);
    }

    JsonNode object(int index) {
        var node = params.path(index);
        if (!node.isObject()) {
            throw RpcException.invalidParams("argument " + index + ": not an object");
        }
        return node;
    }

    Address address(int index) {
        return address(text(index));
    }

    Hash32 hash(int index) {
        return hash(text(index));
    }

    /** A block by its number or tag; without one, the latest. */
    String blockTag(int index) {
        var node = params.path(index);
        return node.isMissingNode() || node.isNull() ? "latest" : node.asString("");
    }

    static Address address(String text) {
        try {
            return Address.of(text);
        } catch (IllegalArgumentException malformed) {
            throw RpcException.invalidParams("invalid argument: " + malformed.getMessage());
        }
    }

    static Hash32 hash(String text) {
        try {
            return Hash32.of(text);
        } catch (IllegalArgumentException malformed) {
            throw RpcException.invalidParams("invalid argument: " + malformed.getMessage());
        }
    }

    /** Call data of a call object: newer clients say {@code input}, older ones {@code data}. */
    static String callData(JsonNode call) {
        var data = call.has("input") ? call.path("input") : call.path("data");
        var hex = data.asString("0x").toLowerCase(Locale.ROOT);
        if (!hex.startsWith("0x") || hex.length() % 2 != 0) {
            throw RpcException.invalidParams("call data: not whole bytes of hex");
        }
        return hex;
    }
}
