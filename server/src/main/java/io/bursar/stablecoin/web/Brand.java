package io.bursar.stablecoin.web;

import io.bursar.stablecoin.Partner;
import org.jspecify.annotations.Nullable;

/** Whose page it is, as the public layout wants to know it. */
record Brand(String name, @Nullable String color, @Nullable String logoUrl) {

    static Brand of(Partner partner) {
        return new Brand(partner.name(), partner.brandColor(), null);
    }
}
