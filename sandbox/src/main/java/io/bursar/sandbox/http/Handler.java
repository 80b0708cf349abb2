package io.bursar.sandbox.http;

/** Answers one request; runs on a virtual thread and may block. */
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
