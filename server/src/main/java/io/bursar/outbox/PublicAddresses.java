package io.bursar.outbox;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses lie on the public internet. Nothing else is ever connected to on a stranger's word: an endpoint's URL
 * must not become a way into the network Bursar runs in. IPv6 addresses that carry an IPv4 address are refused whatever
 * they carry, except mapped ones, which Java has already turned into the IPv4 address they are.
 */
final class PublicAddresses {
    private static final Range GLOBAL_UNICAST_V6 = Range.of("2000::/3");
    private static final List<Range> REFUSED = List.of(
            Range.of("0.0.0.0/8"), // "this network"
            Range.of("10.0.0.0/8"), // private
            Range.of("100.64.0.0/10"), // carriers' NAT
            Range.of("127.0.0.0/8"), // loopback
            Range.of("169.254.0.0/16"), // link-local, and the clouds' metadata services
            Range.of("172.16.0.0/12"), // private
            Range.of("192.0.0.0/24"), // protocol assignments
            Range.of("192.0.2.0/24"), // documentation
            Range.of("192.88.99.0/24"), // 6to4 relays
            Range.of("192.168.0.0/16"), // private
            Range.of("198.18.0.0/15"), // benchmarks
            Range.of("198.51.100.0/24"), // documentation
            Range.of("203.0.113.0/24"), // documentation
            Range.of("224.0.0.0/4"), // multicast
            Range.of("240.0.0.0/4"), // reserved, and broadcast
            Range.of("2001::/23"), // protocol assignments: Teredo, ORCHID, benchmarks
            Range.of("2001:db8::/32"), // documentation
            Range.of("2002::/16"), // 6to4
            Range.of("3fff::/20")); // documentation

    private PublicAddresses() {}

    static boolean contains(InetAddress address) {
        boolean global = !(address instanceof Inet6Address) || GLOBAL_UNICAST_V6.contains(address);
        return global && REFUSED.stream().noneMatch(range -> range.contains(address));
    }

    private record Range(List<Byte> prefix, int bits) {
        static Range of(String text) {
            String[] parts = text.split("/", 2);
            byte[] bytes = InetAddress.ofLiteral(parts[0]).getAddress();
            Byte[] boxed = new Byte[bytes.length];
            Arrays.setAll(boxed, i -> bytes[i]);
            return new Range(List.of(boxed), Integer.parseInt(parts[1]));
        }

        boolean contains(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != prefix.size()) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((bytes[bit / 8] ^ prefix.get(bit / 8)) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
