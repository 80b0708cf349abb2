package io.bursar.stablecoin.web;

import io.bursar.identity.ApiKeySummary;
import io.bursar.shared.IdText;

/** An API key in a list, with the id its forms name it by. */
record KeyLine(String id, ApiKeySummary key) {
    static KeyLine of(ApiKeySummary key) {
        return new KeyLine(IdText.of("key", key.credentialId()), key);
    }
}
