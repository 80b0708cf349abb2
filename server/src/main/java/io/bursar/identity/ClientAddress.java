package io.bursar.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The client's address as {@code TRUSTED_PROXIES} allows it to be known: the last one in {@code X-Forwarded-For} that
 * is no trusted proxy itself. What stands before it was written by the client and says nothing.
 */
@Component
public class ClientAddress {
    private static final int NETWORK_BYTES = 8;

    private final IdentitySettings settings;

    ClientAddress(IdentitySettings settings) {
        this.settings = settings;
    }

    public String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        List<String> hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .toList();
        for (int hop = hops.size() - 1; hop >= 0 && trusted(address) && literal(hops.get(hop)); hop--) {
            address = hops.get(hop);
        }
        return network(address);
    }

    /** Of IPv6 the first 64 bits: whoever has one address in such a network has them all. */
    private static String network(String address) {
        try {
            if (InetAddress.ofLiteral(address) instanceof Inet6Address six) {
                byte[] bytes = six.getAddress();
                Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
                return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
            }
            return address;
        } catch (IllegalArgumentException | UnknownHostException notAnAddress) {
            return address;
        }
    }

    private boolean trusted(String address) {
        return settings.trustedProxies().stream().anyMatch(proxy -> proxy.matches(address));
    }

    private static boolean literal(String address) {
        try {
            return InetAddress.ofLiteral(address).getHostAddress() != null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
