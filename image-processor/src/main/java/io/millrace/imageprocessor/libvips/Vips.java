package io.millrace.imageprocessor.libvips;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * libvips, loaded. Its settings are those of the process: no cache of operations (no image comes
 * twice), and no loader that is not made for files from strangers.
 */
public final class Vips {

    /** Where the systems' packages put it: Debian and its kin, macOS, Windows. */
    public static final List<String> USUAL_NAMES =
            List.of(
                    "libvips.so.42",
                    "/opt/homebrew/lib/libvips.42.dylib",
                    "libvips.42.dylib",
                    "libvips-42.dll");

    private final Functions functions;
    private final String version;

    private Vips(Functions functions) {
        this.functions = functions;
        this.version =
                "%d.%d.%d"
                        .formatted(
                                functions.version(0), functions.version(1), functions.version(2));
    }

    /** What came of loading it. */
    public sealed interface Loading {
        /** It is here. */
        record Loaded(Vips vips) implements Loading {}

        /** It is not; {@code reason} says why. */
        record Absent(String reason) implements Loading {}
    }

    /**
     * Loads the first that is there.
     *
     * @param names names that the system's linker finds, or paths
     * @param threads how many threads compute one image
     */
    public static Loading load(List<String> names, int threads) {
        var reasons = new ArrayList<String>();
        for (var name : names) {
            try {
                return new Loading.Loaded(start(new Functions(library(name)), threads));
            } catch (IllegalArgumentException _) {
                reasons.add("there is no " + name);
            } catch (NoSuchElementException e) {
                reasons.add(
                        "%s is too old or another library (%s)".formatted(name, e.getMessage()));
            } catch (VipsException e) {
                reasons.add("%s does not start: %s".formatted(name, e.getMessage()));
            }
        }
        return new Loading.Absent(String.join("; ", reasons));
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup library(String name) {
        return SymbolLookup.libraryLookup(name, Arena.global());
    }

    private static Vips start(Functions functions, int threads) {
        var vips = new Vips(functions);
        try (var arena = Arena.ofConfined()) {
            // What is wrong with an image is in the exception; libvips prints it to stderr as well.
            functions.setEnvironment(
                    arena.allocateFrom("VIPS_WARNING"), arena.allocateFrom("0"), 1);
            if (functions.init(arena.allocateFrom("millrace")) != 0) {
                throw vips.failure("vips_init");
            }
        }
        functions.blockUntrusted(1);
        functions.cacheMax(0);
        functions.concurrency(threads);
        return vips;
    }

    /** As 8.14.1. */
    public String version() {
        return version;
    }

    /** Whether it was built with an operation; what an operation reads is not said by that. */
    public boolean has(String operation) {
        try (var arena = Arena.ofConfined()) {
            return functions.findType(
                            arena.allocateFrom("VipsOperation"), arena.allocateFrom(operation))
                    != 0;
        }
    }

    /**
     * An operation by its nickname; the documentation of libvips lists them and their properties.
     */
    public VipsOperation operation(String nickname) {
        return new VipsOperation(this, functions, nickname);
    }

    /** The message is the process's: at worst it is about another image. */
    VipsException failure(String operation) {
        var said = functions.errors();
        try {
            return VipsException.of(operation, text(said));
        } finally {
            functions.free(said);
        }
    }

    @SuppressWarnings("restricted")
    private static String text(MemorySegment said) {
        return said.reinterpret(Long.MAX_VALUE).getString(0);
    }

    @SuppressWarnings("restricted")
    static MemorySegment sized(MemorySegment data, MemorySegment size) {
        return data.reinterpret(size.get(ValueLayout.JAVA_LONG, 0));
    }
}
