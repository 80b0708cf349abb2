package io.bursar.stablecoin.evm;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An endpoint's address, whose user info, path and query are credentials at most providers: used, and never shown. */
final class EndpointUrl {

    private static final int SECRET_CHARS_MIN = 8;
    private static final int MESSAGE_CHARS_MAX = 200;
    private static final String MASK = "***";

    private final URI configured;

    EndpointUrl(URI configured) {
        var scheme = configured.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || configured.getHost() == null) {
            throw new IllegalArgumentException("RPC URL: not an http or https URL with a host");
        }
        this.configured = configured;
    }

    boolean isPlain() {
        return "http".equals(configured.getScheme());
    }

    /** Without user info, which travels in the header. */
    URI target() {
        try {
            var uri =
                    new URI(configured.getScheme(), null, configured.getHost(), configured.getPort(), null, null, null);
            return URI.create(uri + rawPathAndQuery());
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("RPC URL: cannot be rebuilt without its user info", impossible);
        }
    }

    Optional<String> authorization() {
        return Optional.ofNullable(configured.getUserInfo())
                .map(userInfo ->
                        "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8)));
    }

    /** For people: which provider, without what it is asked with. */
    String masked() {
        var port = configured.getPort() < 0 ? "" : ":" + configured.getPort();
        var rest = rawPathAndQuery().length() > 1 ? "/" + MASK : "";
        return configured.getScheme() + "://" + configured.getHost() + port + rest;
    }

    /** A provider's own words, cut short, on one line, with our key taken out should it be quoted. */
    String redact(String message) {
        var text = message.replaceAll("\\p{Cntrl}", " ");
        for (var secret : secrets()) {
            text = text.replace(secret, MASK);
        }
        return text.length() <= MESSAGE_CHARS_MAX ? text : text.substring(0, MESSAGE_CHARS_MAX);
    }

    private List<String> secrets() {
        return Stream.of(configured.getRawUserInfo(), configured.getUserInfo(), rawPathAndQuery())
                .filter(part -> part != null)
                .flatMap(part -> Stream.concat(Stream.of(part), Arrays.stream(part.split("[/:?&=@]", -1))))
                .filter(part -> part.length() >= SECRET_CHARS_MIN)
                .toList();
    }

    private String rawPathAndQuery() {
        var path = configured.getRawPath() == null ? "" : configured.getRawPath();
        return configured.getRawQuery() == null ? path : path + "?" + configured.getRawQuery();
    }

    @Override
    public String toString() {
        return masked();
    }
}
