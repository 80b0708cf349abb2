package io.bursar.outbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A webhook's URL read once: what of it is refused without asking anyone, or where it leads. */
sealed interface Target {
    int URL_LENGTH_MAX = 2_000;
    /** What some resolvers read as an address: decimal, octal, hexadecimal, or with parts left out. */
    Pattern NUMBER = Pattern.compile("([^\\[]*\\.)?[0-9][^.]*\\.?");

    Pattern PLAIN_IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

    record Refused(String sentence) implements Target {}

    /**
     * @param host as names are looked up: lower case, an IPv6 literal without its brackets
     * @param origin {@code scheme://host:port}, which is all of a URL that may be shown to others than its owner
     * @param trusted when the operator listed this very origin: then no address and no port is refused
     */
    record Origin(URI uri, String host, int port, String origin, boolean trusted) implements Target {
        boolean secure() {
            return "https".equalsIgnoreCase(uri.getScheme());
        }
    }

    static Target of(String url, Set<String> allowedOrigins) {
        if (url.length() > URL_LENGTH_MAX) {
            return new Refused("The webhook URL is longer than " + URL_LENGTH_MAX + " characters.");
        }
        try {
            return judged(new URI(url), allowedOrigins);
        } catch (URISyntaxException notAUri) {
            return new Refused("The webhook URL is not a valid URL.");
        }
    }

    private static Target judged(URI uri, Set<String> allowedOrigins) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return new Refused("The webhook URL must begin with https://.");
        }
        if (uri.getRawUserInfo() != null) {
            return new Refused("The webhook URL must not hold a user name or password.");
        }
        if (uri.getRawFragment() != null) {
            return new Refused("The webhook URL must not have a fragment (#…).");
        }
        if (uri.getHost() == null || uri.getHost().contains("%")) {
            return new Refused("The webhook URL names no usable host.");
        }
        String literal = uri.getHost().toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(literal).matches() && !PLAIN_IPV4.matcher(literal).matches()) {
            return new Refused("The webhook URL names no usable host: a number is not an address.");
        }
        int port = uri.getPort() < 0 ? defaultPort(scheme) : uri.getPort();
        String origin = scheme + "://" + literal + ":" + port;
        boolean trusted = allowedOrigins.contains(origin);
        if (!trusted && scheme.equals("http")) {
            return new Refused("The webhook URL must use HTTPS.");
        }
        if (!trusted && port != 443 && port != 80 && port != 8443) {
            return new Refused("The webhook URL must use port 443, 80 or 8443.");
        }
        return new Origin(uri, literal.replaceAll("[\\[\\]]", ""), port, origin, trusted);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}
