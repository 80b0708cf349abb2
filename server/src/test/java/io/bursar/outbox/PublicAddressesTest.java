package io.bursar.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** Both sides of every edge. */
class PublicAddressesTest {
    private static final String PUBLIC = """
            1.1.1.1  8.8.8.8  9.255.255.255  11.0.0.0  93.184.216.34
            100.63.255.255  100.128.0.0  126.255.255.255  128.0.0.1
            169.253.255.255  169.255.0.0  172.15.255.255  172.32.0.0
            191.255.255.255  192.0.1.0  192.0.3.0  192.88.98.255  192.88.100.0
            192.167.255.255  192.169.0.0  198.17.255.255  198.20.0.0
            198.51.99.255  198.51.101.0  203.0.112.255  203.0.114.0  223.255.255.255
            2001:200::1  2001:4860:4860::8888  2606:4700::1111  2a00:1450:4001::1
            2001:db7:ffff::1  2001:db9::1  2003::1  3ffe:ffff::1  3fff:1000::1
            ::ffff:8.8.8.8
            """;
    private static final String NOT_PUBLIC = """
            0.0.0.0  0.255.255.255  10.0.0.0  10.255.255.255
            100.64.0.0  100.100.100.200  100.127.255.255
            127.0.0.1  127.255.255.255  169.254.0.0  169.254.169.254  169.254.255.255
            172.16.0.0  172.31.255.255  192.0.0.0  192.0.0.192  192.0.0.255  192.0.2.1
            192.88.99.1  192.168.0.0  192.168.255.255
            198.18.0.0  198.19.255.255  198.51.100.7  203.0.113.9
            224.0.0.1  239.255.255.255  240.0.0.1  255.255.255.255
            ::  ::1  ::127.0.0.1  ::8.8.8.8
            ::ffff:127.0.0.1  ::ffff:10.0.0.1  ::ffff:169.254.169.254  ::ffff:100.64.0.1
            64:ff9b::8.8.8.8  64:ff9b::127.0.0.1  64:ff9b:1::1  100::1  100:0:0:1::1
            2001::1  2001:2::1  2001:10::1  2001:1ff:ffff::1  2001:db8::1  2001:db8:ffff::1
            2002:7f00:1::1  2002:808:808::1  3fff::1  3fff:fff:ffff::1
            5f00::1  fc00::1  fd12:3456::1  fdff::1  fd00:ec2::254  fe80::1  febf::1  fec0::1  ff02::1
            """;

    @Test
    void public_addresses_pass_and_no_other() {
        assertThat(addresses(PUBLIC))
                .allSatisfy(address -> assertThat(PublicAddresses.contains(address))
                        .as("%s is public", address)
                        .isTrue());
        assertThat(addresses(NOT_PUBLIC))
                .allSatisfy(address -> assertThat(PublicAddresses.contains(address))
                        .as("%s is public", address)
                        .isFalse());
    }

    private static InetAddress[] addresses(String table) {
        return table.lines()
                .flatMap(line -> java.util.Arrays.stream(line.strip().split("\\s+")))
                .map(InetAddress::ofLiteral)
                .toArray(InetAddress[]::new);
    }
}
