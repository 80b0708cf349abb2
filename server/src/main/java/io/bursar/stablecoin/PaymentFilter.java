package io.bursar.stablecoin;

import org.jspecify.annotations.Nullable;

/**
 * Which payment requests a list shows; null does not narrow it.
 *
 * @param query an id, transaction hash, address, reference, e-mail address or a part of a merchant's name
 */
public record PaymentFilter(
        @Nullable PartnerId partner,
        @Nullable MerchantId merchant,
        @Nullable PaymentStatus status,
        @Nullable String query) {

    public static final PaymentFilter ALL = new PaymentFilter(null, null, null, null);

    public static PaymentFilter of(PartnerId partner, @Nullable PaymentStatus status) {
        return new PaymentFilter(partner, null, status, null);
    }

    public static PaymentFilter of(MerchantId merchant) {
        return new PaymentFilter(null, merchant, null, null);
    }
}
