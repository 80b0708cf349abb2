package io.bursar.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** The client's address as {@code TRUSTED_PROXIES} allows it to be known. */
@Component
public class ClientAddress {
    public String of(HttpServletRequest request) {
        throw new IllegalStateException("skeleton");
    }
}
