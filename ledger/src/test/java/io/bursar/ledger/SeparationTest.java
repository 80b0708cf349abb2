package io.bursar.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves must not be wrong in the same way as what posts. */
final class SeparationTest {
    private static final Path SOURCES = Path.of("src/main/java/io/bursar/ledger");
    private static final Pattern OF_THE_LEDGER = Pattern.compile("io\\.bursar\\.ledger\\.([A-Z]\\w*)");

    @ParameterizedTest
    @ValueSource(strings = {"proof", "archive"})
    void what_is_not_posting_uses_nothing_of_it_but_the_names_of_books_and_transfers(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
            List<String> used = files.flatMap(file -> names(file).stream())
                    .distinct()
                    .filter(name -> !Set.of("BookId", "TransferId").contains(name))
                    .toList();
            assertThat(used).isEmpty();
        }
    }

    @Test
    void posting_uses_nothing_of_proof_or_archive() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> text(file).matches("(?s).*io\\.bursar\\.ledger\\.(proof|archive).*")))
                    .isEmpty();
        }
    }

    private static Set<String> names(Path file) {
        return Set.copyOf(OF_THE_LEDGER
                .matcher(text(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
