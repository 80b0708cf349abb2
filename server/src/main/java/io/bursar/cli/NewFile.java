package io.bursar.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file that is there whole or not at all: written beside its place, and moved there when it is on the disk. */
final class NewFile implements AutoCloseable {
    private final Path file;
    private final Path part;

    private NewFile(Path file, Path part) {
        this.file = file;
        this.part = part;
    }

    /** Only its owner may read it. */
    static NewFile at(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        Path name = Objects.requireNonNull(file.getFileName(), "a file has a name");
        return new NewFile(file, Files.createTempFile(file.getParent(), name + ".", ".part"));
    }

    /** Where it is written until it is kept. */
    Path part() {
        return part;
    }

    OutputStream out() throws IOException {
        return Files.newOutputStream(part);
    }

    /** To be called when all is written. */
    void keep() throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file);
        try (FileChannel folder = FileChannel.open(file.getParent())) {
            folder.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(part);
    }
}
