package io.bursar.ledger.proof;

import io.bursar.ledger.BookId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps seals as files: a folder for each book, and in it for each seal a manifest with its signature and a list of
 * heads. Files are only ever added. The manifest is written last, so a seal without one was never made.
 */
public final class ManifestDirectory implements ManifestSink {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String MANIFEST = ".manifest";
    private static final String HEADS = ".heads";
    private static final String SIGNATURE = "signature ";

    private final Path directory;

    public ManifestDirectory(Path directory) {
        this.directory = directory;
    }

    @Override
    public void keep(Seal seal) {
        Manifest manifest = seal.manifest();
        Path folder = folder(manifest.book());
        String name = NAME.format(manifest.sealedAt());
        String heads = seal.heads().stream().map(Head::toString).collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.createDirectories(folder);
            add(folder.resolve(name + HEADS), heads);
            add(folder.resolve(name + MANIFEST), manifest.text() + SIGNATURE + seal.signature() + "\n");
            try (FileChannel entries = FileChannel.open(folder)) {
                entries.force(true);
            }
        } catch (IOException e) {
            throw new ProofUnavailableException("the seal was not kept: " + e, e);
        }
    }

    /** Writes a new file through to the disk; fails when there is one of that name. */
    private static void add(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    @Override
    public Optional<Seal> newest(BookId book) {
        Path folder = folder(book);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> newest =
                    files.filter(file -> file.toString().endsWith(MANIFEST)).max(Comparator.naturalOrder());
            return newest.isEmpty() ? Optional.empty() : Optional.of(read(newest.get()));
        } catch (IOException e) {
            throw new ProofUnavailableException("no seal could be read: " + e, e);
        }
    }

    /** Reads a seal by its manifest's file. */
    public static Seal read(Path manifestFile) throws IOException {
        String text = Files.readString(manifestFile);
        int signature = text.lastIndexOf(SIGNATURE);
        String name = Objects.requireNonNull(manifestFile.getFileName(), "a file has a name")
                .toString();
        Path headsFile = manifestFile.resolveSibling(name.replace(MANIFEST, HEADS));
        if (signature < 0) {
            throw new IllegalArgumentException("manifest " + name + ": no signature");
        }
        List<Head> heads = new ArrayList<>();
        try (Stream<String> lines = Files.lines(headsFile)) {
            lines.filter(line -> !line.isEmpty()).map(Head::parse).forEach(heads::add);
        }
        return new Seal(
                Manifest.parse(text.substring(0, signature)),
                text.substring(signature + SIGNATURE.length()).strip(),
                heads);
    }

    private Path folder(BookId book) {
        return directory.resolve(book.toString());
    }
}
