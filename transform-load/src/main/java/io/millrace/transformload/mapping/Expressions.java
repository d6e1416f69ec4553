package io.millrace.transformload.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the text of an expression, which is configured as such or lies in a file. */
final class Expressions {

    private static final String FILE = "file:";
    private static final String CLASSPATH = "classpath:";

    private Expressions() {}

    /**
     * @throws IllegalArgumentException if there is no such file
     */
    static String read(String configured) {
        if (configured.startsWith(FILE)) {
            return file(configured.substring(FILE.length()));
        }
        return configured.startsWith(CLASSPATH)
                ? resource(configured.substring(CLASSPATH.length()))
                : configured;
    }

    private static String file(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("cannot read the file %s: %s".formatted(name, e), e);
        }
    }

    private static String resource(String name) {
        var path = name.startsWith("/") ? name.substring(1) : name;
        try (var source = Expressions.class.getClassLoader().getResourceAsStream(path)) {
            if (source == null) {
                throw new IllegalArgumentException(path + " is not on the class path");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read %s: %s".formatted(path, e), e);
        }
    }
}
