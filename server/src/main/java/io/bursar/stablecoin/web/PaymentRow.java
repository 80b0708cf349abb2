package io.bursar.stablecoin.web;

import io.bursar.stablecoin.PaymentLine;
import io.bursar.stablecoin.PaymentRequest;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;

/** A payment as a row of the console's lists. */
record PaymentRow(PaymentRequest request, String merchant, String partner, String network, StatusWords status) {
    static PaymentRow of(PaymentLine line) {
        return new PaymentRow(
                line.request(),
                line.merchantName() == null ? "Erased merchant" : line.merchantName(),
                line.partnerName(),
                ChainRegistry.chain(line.request().chainId())
                        .map(ChainSpec::name)
                        .orElse(""),
                StatusWords.brief(line.request(), line.status()));
    }
}
