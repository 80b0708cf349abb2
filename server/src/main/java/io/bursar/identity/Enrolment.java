package io.bursar.identity;

import io.bursar.platform.QrPath;

/** What an authenticator app is given, once: the picture it scans, or the secret for those who type it. */
public record Enrolment(QrPath picture, String secret) {
    @Override
    public String toString() {
        return "Enrolment[masked]";
    }
}
