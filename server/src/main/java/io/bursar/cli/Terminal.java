package io.bursar.cli;

import java.io.Console;
import java.util.Optional;

/** Whoever sits before the command, if anybody does. */
final class Terminal {
    private Terminal() {}

    /** What was typed; empty when nobody can type. */
    static Optional<String> line(String question) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .flatMap(console -> Optional.ofNullable(console.readLine("%s ", question)));
    }
}
