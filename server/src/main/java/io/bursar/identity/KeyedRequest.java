package io.bursar.identity;

import java.util.UUID;

/** A request that may be repeated: whose, under which key, and a digest of what it asks, in hexadecimal. */
record KeyedRequest(UUID credentialId, String key, String contentDigest) {}
