package io.bursar.stablecoin.web;

import io.bursar.platform.Problem;
import io.bursar.stablecoin.PaymentRequestId;
import io.bursar.stablecoin.PaymentStatus;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a list over the API: what is wrong is refused by name, not ignored. */
final class ListParameters {
    private ListParameters() {}

    static @Nullable PaymentRequestId cursor(@Nullable String text) {
        return text == null
                ? null
                : PaymentRequestId.parse(text)
                        .orElseThrow(() -> Problem.field(
                                        "cursor",
                                        "cursor_invalid",
                                        "The cursor must be the nextCursor of the page before.")
                                .asException());
    }

    static @Nullable PaymentStatus status(@Nullable String text) {
        return text == null
                ? null
                : PaymentStatus.ofWord(text)
                        .orElseThrow(() -> Problem.field(
                                        "status", "status_invalid", "There is no payment status of that name.")
                                .asException());
    }
}
