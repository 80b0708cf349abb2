package io.bursar.stablecoin.evm;

import java.util.List;

/**
 * Which Transfers to look for: of these tokens, to any of these recipients. Both must be named, for chains are busy.
 */
public record LogFilter(List<Address> tokens, List<Address> recipients) {

    public LogFilter {
        tokens = tokens.stream().distinct().toList();
        recipients = recipients.stream().distinct().toList();
        if (tokens.isEmpty() || recipients.isEmpty()) {
            throw new IllegalArgumentException("log filter: needs at least one token and one recipient");
        }
    }
}
