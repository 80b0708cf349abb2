package io.bursar.stablecoin;

import org.jspecify.annotations.Nullable;

/** A payment request as lists show it. {@code merchantName} is null once it was erased. */
public record PaymentLine(
        PaymentRequest request,
        PaymentStatus status,
        String partnerName,
        @Nullable String merchantName) {}
