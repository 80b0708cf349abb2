package io.bursar.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.platform.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {
    private final ClientAddress behindProxies =
            new ClientAddress(new IdentitySettings(new Settings(Map.of("TRUSTED_PROXIES", "10.0.0.0/8, fd00::1"))));
    private final ClientAddress direct = new ClientAddress(new IdentitySettings(new Settings(Map.of())));

    @Test
    void without_trusted_proxies_the_header_is_only_a_claim() {
        assertThat(direct.of(request("203.0.113.7", "198.51.100.1"))).isEqualTo("203.0.113.7");
    }

    @Test
    void behind_proxies_it_is_the_nearest_address_that_is_none_of_them() {
        assertThat(behindProxies.of(request("10.0.0.1", "198.51.100.9, 203.0.113.7, 10.0.0.2")))
                .isEqualTo("203.0.113.7");
        assertThat(behindProxies.of(request("203.0.113.8", "198.51.100.9"))).isEqualTo("203.0.113.8");
        assertThat(behindProxies.of(request("10.0.0.1", "198.51.100.9, rubbish")))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void addresses_of_one_ipv6_network_are_one_client() {
        assertThat(direct.of(request("2001:db8:1:2:3:4:5:6", null)))
                .isEqualTo(direct.of(request("2001:db8:1:2:ffff::1", null)))
                .isNotEqualTo(direct.of(request("2001:db8:1:3::1", null)));
    }

    private static MockHttpServletRequest request(String remote, @Nullable String forwarded) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(remote);
        if (forwarded != null) {
            request.addHeader("X-Forwarded-For", forwarded);
        }
        return request;
    }
}
