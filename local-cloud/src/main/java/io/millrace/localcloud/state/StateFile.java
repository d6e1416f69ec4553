package io.millrace.localcloud.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON document in a file. A write replaces the file in one step, so whoever reads it after a
 * crash finds the old document or the new one.
 */
public final class StateFile<T> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Optional<Path> file;
    private final Class<T> type;

    private StateFile(Optional<Path> file, Class<T> type) {
        this.file = file;
        this.type = type;
    }

    /** The document of that name under a data directory; nothing is kept if there is none. */
    public static <T> StateFile<T> in(Optional<Path> dataDir, String name, Class<T> type) {
        return new StateFile<>(dataDir.map(directory -> directory.resolve(name)), type);
    }

    /** What was written last, if anything was. */
    public Optional<T> read() {
        return file.filter(Files::exists).map(path -> JSON.readValue(path, type));
    }

    /** Keeps a document in the last one's place. */
    public void write(T document) {
        file.ifPresent(path -> write(path, JSON.writeValueAsBytes(document)));
    }

    private static void write(Path path, byte[] bytes) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            var beside = path.resolveSibling(path.getFileName() + ".new");
            try (var channel =
                    FileChannel.open(
                            beside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }
}
