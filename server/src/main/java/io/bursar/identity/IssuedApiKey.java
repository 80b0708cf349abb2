package io.bursar.identity;

import java.util.UUID;

/** A key at the one moment its secret is known. */
public record IssuedApiKey(UUID credentialId, String prefix, String key) {
    @Override
    public String toString() {
        return "IssuedApiKey[" + prefix + "…]";
    }
}
