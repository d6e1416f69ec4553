package io.millrace.imageprocessor.libvips;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** An image: its header is known, its pixels are computed when they are needed. */
public final class VipsImage implements AutoCloseable {

    // VipsInterpretation and VipsBandFormat, of which the numbers are part of the ABI.
    private static final int B_W = 1;
    private static final int CMYK = 15;
    private static final int SRGB = 22;
    private static final int GREY16 = 26;
    private static final int UCHAR = 0;

    private final Vips vips;
    private final Functions functions;
    private final MemorySegment image;
    private final Runnable afterwards;

    VipsImage(Vips vips, Functions functions, MemorySegment image) {
        this(vips, functions, image, () -> {});
    }

    private VipsImage(Vips vips, Functions functions, MemorySegment image, Runnable afterwards) {
        this.vips = vips;
        this.functions = functions;
        this.image = image;
        this.afterwards = afterwards;
    }

    public int width() {
        return functions.width(image);
    }

    public int height() {
        return functions.height(image);
    }

    public boolean isCmyk() {
        return functions.interpretation(image) == CMYK;
    }

    /** Whether it is in shades of grey, with or without transparency. */
    public boolean isGrey() {
        var interpretation = functions.interpretation(image);
        return interpretation == B_W || interpretation == GREY16;
    }

    /** Whether it has 8 bits a channel and is in grey or sRGB, as every format takes it. */
    public boolean isPlain() {
        var interpretation = functions.interpretation(image);
        return functions.bandFormat(image) == UCHAR
                && (interpretation == B_W || interpretation == SRGB);
    }

    /** Whether its file came with metadata of that name, as {@code icc-profile-data}. */
    public boolean has(String field) {
        try (var arena = Arena.ofConfined()) {
            return functions.hasField(image, arena.allocateFrom(field)) != 0;
        }
    }

    /** The metadata of that name. */
    public Optional<byte[]> field(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        try (var arena = Arena.ofConfined()) {
            var data = arena.allocate(ADDRESS);
            var length = arena.allocate(JAVA_LONG);
            if (functions.getBlob(image, arena.allocateFrom(name), data, length) != 0) {
                throw vips.failure("vips_image_get_blob");
            }
            return Optional.of(Vips.sized(data.get(ADDRESS, 0), length).toArray(JAVA_BYTE));
        }
    }

    /**
     * The same pixels, computed, and nothing else of it: what is written of them has no metadata.
     * (libvips 8.14 keeps EXIF and profile in a WebP that it is told to strip.)
     */
    public VipsImage pixels() {
        try (var arena = Arena.ofConfined()) {
            var size = arena.allocate(JAVA_LONG);
            var data = functions.writeToMemory(image, size);
            if (data.equals(MemorySegment.NULL)) {
                throw vips.failure("vips_image_write_to_memory");
            }
            return wrapped(data, size.get(JAVA_LONG, 0));
        }
    }

    private VipsImage wrapped(MemorySegment data, long size) {
        var bare =
                functions.newFromMemory(
                        data,
                        size,
                        width(),
                        height(),
                        functions.bands(image),
                        functions.bandFormat(image));
        if (bare.equals(MemorySegment.NULL)) {
            functions.free(data);
            throw vips.failure("vips_image_new_from_memory");
        }
        var owner = new VipsImage(vips, functions, bare, () -> functions.free(data));
        try (var copy = vips.operation("copy").with("in", owner)) {
            var named = copy.with("interpretation=" + (isGrey() ? "b-w" : "srgb")).image();
            return new VipsImage(vips, functions, named.image, owner::close);
        } catch (VipsException e) {
            owner.close();
            throw e;
        }
    }

    MemorySegment pointer() {
        return image;
    }

    @Override
    public void close() {
        functions.unref(image);
        afterwards.run();
    }
}
