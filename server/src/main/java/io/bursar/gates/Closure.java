package io.bursar.gates;

import java.time.Instant;

/** That a gate is closed. {@code by} is an actor's text, {@code operator/…}. */
public record Closure(String reason, String by, Instant at) {}
