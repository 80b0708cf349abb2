package io.bursar.errorlog;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Coded errors as operators look for them. Recording never fails its caller and joins no transaction of theirs. */
@Component
public class ErrorLog {
    /**
     * Records one error.
     *
     * @param code a stable word such as {@code rpc_unavailable}
     * @param subject kind and id of what it happened to, {@code chain/8453}; null when nothing in particular
     */
    public void record(String code, String message, @Nullable String subject) {
        throw new IllegalStateException("skeleton");
    }
}
