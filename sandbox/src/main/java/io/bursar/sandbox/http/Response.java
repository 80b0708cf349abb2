package io.bursar.sandbox.http;

import java.util.Map;

/** What a stand-in answers. */
public record Response(int status, String contentType, String body, Map<String, String> headers) {

    public static Response json(Object body) {
        return json(200, body);
    }

    public static Response json(int status, Object body) {
        return new Response(status, "application/json", Json.write(body), Map.of());
    }

    public static Response html(String body) {
        return new Response(200, "text/html; charset=utf-8", body, Map.of());
    }

    public static Response xml(String body) {
        return new Response(200, "text/xml; charset=utf-8", body, Map.of());
    }

    public static Response text(int status, String body) {
        return new Response(status, "text/plain; charset=utf-8", body, Map.of());
    }

    /** After a form was posted, so that a reload posts nothing. */
    public static Response seeOther(String location) {
        return new Response(303, "text/plain; charset=utf-8", "", Map.of("Location", location));
    }

    public static Response notFound() {
        return json(404, Map.of("error", "nothing here"));
    }
}
