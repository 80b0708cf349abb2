package io.bursar.gates;

import io.bursar.platform.Gate;
import org.jspecify.annotations.Nullable;

/** A gate as operators see it; open while {@code closure} is null. */
public record GateView(Gate gate, @Nullable Closure closure) {}
