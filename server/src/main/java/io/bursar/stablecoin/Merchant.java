package io.bursar.stablecoin;

import io.bursar.stablecoin.evm.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is paid. Name and e-mail are null once they were erased; the wallet is there from acceptance on.
 *
 * @param walletAccount the hardened account of the HD wallet all of this merchant's addresses lie below
 */
public record Merchant(
        MerchantId id,
        PartnerId partnerId,
        MerchantStatus status,
        @Nullable String name,
        @Nullable String email,
        @Nullable Integer walletAccount,
        @Nullable Address wallet,
        Instant invitedAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant disabledAt) {

    /** What pages call the merchant. */
    public String title() {
        return name == null ? "Erased merchant" : name;
    }

    /** Without name and address: this is what logs would show. */
    @Override
    public String toString() {
        return "Merchant[" + id + ", " + status + "]";
    }
}
