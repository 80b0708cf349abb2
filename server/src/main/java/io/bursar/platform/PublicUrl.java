package io.bursar.platform;

import java.net.URI;

/** Where people reach this Bursar from outside: what links in mails and answers begin with. No slash at its end. */
public record PublicUrl(String value) {
    /** As a command reads it that serves nothing. */
    public static PublicUrl from(Settings settings) {
        return from(settings, PlatformSettings.port(settings));
    }

    static PublicUrl from(Settings settings, int port) {
        URI uri = settings.uri("PUBLIC_URL", "http://127.0.0.1:" + port);
        return new PublicUrl(uri.toString().replaceAll("/+$", ""));
    }

    public String of(String path) {
        return value + path;
    }

    public String host() {
        return URI.create(value).getHost();
    }

    public boolean secure() {
        return value.startsWith("https:");
    }
}
