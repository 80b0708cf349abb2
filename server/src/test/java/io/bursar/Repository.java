package io.bursar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout the tests run in, for tests about the code and the documents themselves. */
public final class Repository {
    public static final Path ROOT = root();

    private Repository() {}

    static List<Path> javaFiles(String... sourceFolders) {
        return files(".java", sourceFolders);
    }

    static List<Path> files(String ending, String... folders) {
        return Stream.of(folders)
                .map(ROOT::resolve)
                .filter(Files::isDirectory)
                .flatMap(Repository::walk)
                .filter(file -> file.toString().endsWith(ending))
                .sorted()
                .toList();
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static String text(String file) {
        return text(ROOT.resolve(file));
    }

    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("bursar"))) {
            here = here.resolve("..").normalize();
        }
        return here;
    }
}
