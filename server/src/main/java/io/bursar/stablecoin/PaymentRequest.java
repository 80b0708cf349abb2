package io.bursar.stablecoin;

import io.bursar.shared.Money;
import io.bursar.stablecoin.evm.Address;
import io.bursar.stablecoin.evm.Asset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a customer was asked to pay. All but the proof is fixed when the request is made. */
public record PaymentRequest(
        PaymentRequestId id,
        PartnerId partnerId,
        MerchantId merchantId,
        @Nullable String reference,
        Money fiat,
        Money due,
        Asset asset,
        long chainId,
        Address token,
        LockedRate rate,
        Address depositAddress,
        int addressIndex,
        Instant createdAt,
        Instant expiresAt,
        Proof proof) {}
