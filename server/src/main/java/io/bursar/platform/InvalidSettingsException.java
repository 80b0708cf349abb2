package io.bursar.platform;

import java.util.List;

/** Settings that cannot be used; one sentence a problem. */
public final class InvalidSettingsException extends StartRefusedException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super("Bursar cannot start with these settings:\n - " + String.join("\n - ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
