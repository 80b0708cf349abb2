package io.bursar.sandbox.evm;

import io.bursar.sandbox.http.Json;
import io.bursar.sandbox.http.Request;
import io.bursar.sandbox.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 over HTTP: single calls and batches, and the faults that strike before a call is understood. */
final class RpcHttp {
    private static final int BATCH_MAX = 1_000;

    private final Rpc rpc;
    private final NodeFaults faults;

    RpcHttp(Rpc rpc, NodeFaults faults) {
        this.rpc = rpc;
        this.faults = faults;
    }

    Response handle(Request request) {
        JsonNode calls;
        try {
            calls = Json.parse(request.body());
        } catch (JacksonException malformed) {
            return Response.json(failure(Json.parse("null"), RpcException.parseError("invalid JSON")));
        }
        return struck(calls).orElseGet(() -> Response.json(calls.isArray() ? batch(calls) : answer(calls)));
    }

    private Optional<Response> struck(JsonNode calls) {
        for (var method : methods(calls)) {
            var fault = faults.of(method);
            if (fault.isPresent()) {
                switch (fault.get()) {
                    case TIMEOUT -> faults.hang(method);
                    case HTTP_500 -> {
                        return Optional.of(Response.text(500, "internal server error"));
                    }
                    case HTTP_429 -> {
                        return Optional.of(Response.text(429, "too many requests"));
                    }
                    case RPC_ERROR -> {}
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> methods(JsonNode calls) {
        var each = calls.isArray() ? calls.valueStream() : Stream.of(calls);
        return each.map(call -> call.path("method").asString("")).toList();
    }

    private JsonNode batch(JsonNode calls) {
        if (calls.isEmpty() || calls.size() > BATCH_MAX) {
            return failure(Json.parse("null"), RpcException.invalidRequest("batch: 1 to " + BATCH_MAX + " calls"));
        }
        var answers = Json.array();
        calls.forEach(call -> answers.add(answer(call)));
        return answers;
    }

    private ObjectNode answer(JsonNode call) {
        var id = call.has("id") ? call.path("id") : Json.parse("null");
        var method = call.path("method").asString("");
        try {
            if (!call.isObject() || method.isEmpty()) {
                throw RpcException.invalidRequest("invalid request");
            }
            if (faults.of(method).filter(NodeFaults.Kind.RPC_ERROR::equals).isPresent()) {
                throw RpcException.internal("internal error (switched on)");
            }
            var answer = Json.object().put("jsonrpc", "2.0");
            answer.set("id", id);
            answer.set("result", rpc.call(method, new RpcParams(call.path("params"))));
            return answer;
        } catch (RpcException refused) {
            return failure(id, refused);
        } catch (RuntimeException bug) {
            return failure(id, RpcException.internal(bug.toString()));
        }
    }

    private static ObjectNode failure(JsonNode id, RpcException refused) {
        var answer = Json.object().put("jsonrpc", "2.0");
        answer.set("id", id);
        var error = answer.putObject("error").put("code", refused.code()).put("message", refused.explanation());
        refused.data().ifPresent(data -> error.put("data", data));
        return answer;
    }
}
