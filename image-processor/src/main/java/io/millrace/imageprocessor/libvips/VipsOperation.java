package io.millrace.imageprocessor.libvips;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An operation: it gets its arguments, runs once, and is asked for what it made. */
public final class VipsOperation implements AutoCloseable {

    /** A GValue: a type and two words. */
    private static final long VALUE_BYTES = 24;

    private final Vips vips;
    private final Functions functions;
    private final String nickname;
    private final MemorySegment operation;
    private final Arena arena = Arena.ofConfined();

    VipsOperation(Vips vips, Functions functions, String nickname) {
        this.vips = vips;
        this.functions = functions;
        this.nickname = nickname;
        this.operation = functions.newOperation(arena.allocateFrom(nickname));
        if (operation.equals(MemorySegment.NULL)) {
            arena.close();
            throw vips.failure(nickname);
        }
    }

    /** Sets an image. */
    public VipsOperation with(String property, VipsImage image) {
        var value = value(functions.imageType());
        functions.setObject(value, image.pointer());
        set(property, value);
        return this;
    }

    /** Sets bytes, which have to stay until all that is made of them is closed. */
    public VipsOperation with(String property, MemorySegment bytes) {
        var blob = functions.newBlob(MemorySegment.NULL, bytes, bytes.byteSize());
        var value = value(functions.blobType());
        functions.setBoxed(value, blob);
        functions.unrefArea(blob);
        set(property, value);
        return this;
    }

    /** Sets what has a textual form: {@code width=200,size=down}. */
    public VipsOperation with(String options) {
        if (functions.setFromString(operation, arena.allocateFrom(options)) != 0) {
            throw vips.failure(nickname);
        }
        return this;
    }

    /** Runs; what is made may be computed only when its pixels are asked for. */
    public VipsOperation run() {
        if (functions.build(operation) != 0) {
            throw vips.failure(nickname);
        }
        return this;
    }

    /** Runs, and hands out the image that was made. */
    public VipsImage image() {
        run();
        var value = value(functions.imageType());
        functions.getProperty(operation, arena.allocateFrom("out"), value);
        var image = functions.dupObject(value);
        functions.unsetValue(value);
        return new VipsImage(vips, functions, image);
    }

    /** Runs, and hands out the bytes that were made. */
    public byte[] bytes() {
        run();
        var value = value(functions.blobType());
        functions.getProperty(operation, arena.allocateFrom("buffer"), value);
        var length = arena.allocate(JAVA_LONG);
        var data = functions.blob(functions.getBoxed(value), length);
        var bytes = Vips.sized(data, length).toArray(JAVA_BYTE);
        functions.unsetValue(value);
        return bytes;
    }

    @Override
    public void close() {
        functions.unrefOutputs(operation);
        functions.unref(operation);
        arena.close();
    }

    private MemorySegment value(long type) {
        return functions.initValue(arena.allocate(VALUE_BYTES, JAVA_LONG.byteAlignment()), type);
    }

    private void set(String property, MemorySegment value) {
        functions.setProperty(operation, arena.allocateFrom(property), value);
        functions.unsetValue(value);
    }
}
