package io.bursar.inbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody posted to a provider's address.
 *
 * @param account the last part of the address, {@link #ACCOUNT_DEFAULT} where it has none
 * @param query the query of the address as it was written, empty when there is none
 * @param headers by name in lower case, each with its values in their order
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
public record Delivery(String account, String query, Map<String, List<String>> headers, byte[] body) {
    public static final String ACCOUNT_DEFAULT = "default";

    /** The value of a header that came exactly once: one that is repeated says two things, and proves neither. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
