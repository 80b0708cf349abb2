package io.bursar.stablecoin;

import org.jspecify.annotations.Nullable;

/** A payment request as its maker wrote it; nothing here has been judged yet. */
public record NewPaymentRequest(
        String merchantId,
        String amount,
        String currency,
        @Nullable String reference) {}
