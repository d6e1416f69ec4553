package io.millrace.imageprocessor.libvips;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The C functions that are called, with the signatures of the headers of libvips 8.13 and GLib 2.
 */
@SuppressWarnings(
        "restricted") // a wrong signature here crashes the JVM: VipsRendererTests call all
final class Functions {

    private final SymbolLookup library;
    private final Linker linker = Linker.nativeLinker();

    private final MethodHandle init;
    private final MethodHandle version;
    private final MethodHandle setEnvironment;
    private final MethodHandle blockUntrusted;
    private final MethodHandle concurrency;
    private final MethodHandle cacheMax;
    private final MethodHandle errors;
    private final MethodHandle findType;
    private final MethodHandle newOperation;
    private final MethodHandle setFromString;
    private final MethodHandle build;
    private final MethodHandle unrefOutputs;
    private final MethodHandle unref;
    private final MethodHandle setProperty;
    private final MethodHandle getProperty;
    private final MethodHandle imageType;
    private final MethodHandle blobType;
    private final MethodHandle initValue;
    private final MethodHandle unsetValue;
    private final MethodHandle setObject;
    private final MethodHandle dupObject;
    private final MethodHandle setBoxed;
    private final MethodHandle getBoxed;
    private final MethodHandle newBlob;
    private final MethodHandle blob;
    private final MethodHandle unrefArea;
    private final MethodHandle free;
    private final MethodHandle width;
    private final MethodHandle height;
    private final MethodHandle bands;
    private final MethodHandle bandFormat;
    private final MethodHandle interpretation;
    private final MethodHandle hasField;
    private final MethodHandle getBlob;
    private final MethodHandle writeToMemory;
    private final MethodHandle newFromMemory;

    /**
     * @throws java.util.NoSuchElementException if the library has not all of them
     */
    Functions(SymbolLookup library) {
        this.library = library;
        init = function("vips_init", JAVA_INT, ADDRESS);
        version = function("vips_version", JAVA_INT, JAVA_INT);
        setEnvironment = function("g_setenv", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        blockUntrusted = nothing("vips_block_untrusted_set", JAVA_INT);
        concurrency = nothing("vips_concurrency_set", JAVA_INT);
        cacheMax = nothing("vips_cache_set_max", JAVA_INT);
        errors = function("vips_error_buffer_copy", ADDRESS);
        findType = function("vips_type_find", JAVA_LONG, ADDRESS, ADDRESS);
        newOperation = function("vips_operation_new", ADDRESS, ADDRESS);
        setFromString = function("vips_object_set_from_string", JAVA_INT, ADDRESS, ADDRESS);
        build = function("vips_object_build", JAVA_INT, ADDRESS);
        unrefOutputs = nothing("vips_object_unref_outputs", ADDRESS);
        unref = nothing("g_object_unref", ADDRESS);
        setProperty = nothing("g_object_set_property", ADDRESS, ADDRESS, ADDRESS);
        getProperty = nothing("g_object_get_property", ADDRESS, ADDRESS, ADDRESS);
        imageType = function("vips_image_get_type", JAVA_LONG);
        blobType = function("vips_blob_get_type", JAVA_LONG);
        initValue = function("g_value_init", ADDRESS, ADDRESS, JAVA_LONG);
        unsetValue = nothing("g_value_unset", ADDRESS);
        setObject = nothing("g_value_set_object", ADDRESS, ADDRESS);
        dupObject = function("g_value_dup_object", ADDRESS, ADDRESS);
        setBoxed = nothing("g_value_set_boxed", ADDRESS, ADDRESS);
        getBoxed = function("g_value_get_boxed", ADDRESS, ADDRESS);
        newBlob = function("vips_blob_new", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
        blob = function("vips_blob_get", ADDRESS, ADDRESS, ADDRESS);
        unrefArea = nothing("vips_area_unref", ADDRESS);
        free = nothing("g_free", ADDRESS);
        width = function("vips_image_get_width", JAVA_INT, ADDRESS);
        height = function("vips_image_get_height", JAVA_INT, ADDRESS);
        bands = function("vips_image_get_bands", JAVA_INT, ADDRESS);
        bandFormat = function("vips_image_get_format", JAVA_INT, ADDRESS);
        interpretation = function("vips_image_get_interpretation", JAVA_INT, ADDRESS);
        hasField = function("vips_image_get_typeof", JAVA_LONG, ADDRESS, ADDRESS);
        getBlob = function("vips_image_get_blob", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        writeToMemory = function("vips_image_write_to_memory", ADDRESS, ADDRESS, ADDRESS);
        newFromMemory =
                function(
                        "vips_image_new_from_memory",
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT);
    }

    int init(MemorySegment program) {
        try {
            return (int) init.invokeExact(program);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int version(int part) {
        try {
            return (int) version.invokeExact(part);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int setEnvironment(MemorySegment name, MemorySegment value, int overwrite) {
        try {
            return (int) setEnvironment.invokeExact(name, value, overwrite);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void blockUntrusted(int state) {
        try {
            blockUntrusted.invokeExact(state);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void concurrency(int threads) {
        try {
            concurrency.invokeExact(threads);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void cacheMax(int operations) {
        try {
            cacheMax.invokeExact(operations);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment errors() {
        try {
            return (MemorySegment) errors.invokeExact();
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    long findType(MemorySegment base, MemorySegment nickname) {
        try {
            return (long) findType.invokeExact(base, nickname);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment newOperation(MemorySegment nickname) {
        try {
            return (MemorySegment) newOperation.invokeExact(nickname);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int setFromString(MemorySegment object, MemorySegment options) {
        try {
            return (int) setFromString.invokeExact(object, options);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int build(MemorySegment object) {
        try {
            return (int) build.invokeExact(object);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void unrefOutputs(MemorySegment object) {
        try {
            unrefOutputs.invokeExact(object);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void unref(MemorySegment object) {
        try {
            unref.invokeExact(object);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void setProperty(MemorySegment object, MemorySegment name, MemorySegment value) {
        try {
            setProperty.invokeExact(object, name, value);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void getProperty(MemorySegment object, MemorySegment name, MemorySegment value) {
        try {
            getProperty.invokeExact(object, name, value);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    long imageType() {
        try {
            return (long) imageType.invokeExact();
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    long blobType() {
        try {
            return (long) blobType.invokeExact();
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment initValue(MemorySegment value, long type) {
        try {
            return (MemorySegment) initValue.invokeExact(value, type);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void unsetValue(MemorySegment value) {
        try {
            unsetValue.invokeExact(value);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void setObject(MemorySegment value, MemorySegment object) {
        try {
            setObject.invokeExact(value, object);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment dupObject(MemorySegment value) {
        try {
            return (MemorySegment) dupObject.invokeExact(value);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void setBoxed(MemorySegment value, MemorySegment boxed) {
        try {
            setBoxed.invokeExact(value, boxed);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment getBoxed(MemorySegment value) {
        try {
            return (MemorySegment) getBoxed.invokeExact(value);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment newBlob(MemorySegment free, MemorySegment data, long length) {
        try {
            return (MemorySegment) newBlob.invokeExact(free, data, length);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment blob(MemorySegment area, MemorySegment length) {
        try {
            return (MemorySegment) blob.invokeExact(area, length);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void unrefArea(MemorySegment area) {
        try {
            unrefArea.invokeExact(area);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    void free(MemorySegment memory) {
        try {
            free.invokeExact(memory);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int width(MemorySegment image) {
        try {
            return (int) width.invokeExact(image);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int height(MemorySegment image) {
        try {
            return (int) height.invokeExact(image);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int bands(MemorySegment image) {
        try {
            return (int) bands.invokeExact(image);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int bandFormat(MemorySegment image) {
        try {
            return (int) bandFormat.invokeExact(image);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int interpretation(MemorySegment image) {
        try {
            return (int) interpretation.invokeExact(image);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    long hasField(MemorySegment image, MemorySegment name) {
        try {
            return (long) hasField.invokeExact(image, name);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    int getBlob(MemorySegment image, MemorySegment name, MemorySegment data, MemorySegment length) {
        try {
            return (int) getBlob.invokeExact(image, name, data, length);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment writeToMemory(MemorySegment image, MemorySegment size) {
        try {
            return (MemorySegment) writeToMemory.invokeExact(image, size);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    MemorySegment newFromMemory(
            MemorySegment data, long size, int width, int height, int bands, int format) {
        try {
            return (MemorySegment)
                    newFromMemory.invokeExact(data, size, width, height, bands, format);
        } catch (Throwable e) {
            throw neverThrown(e);
        }
    }

    private MethodHandle function(String name, MemoryLayout answer, MemoryLayout... arguments) {
        return linker.downcallHandle(
                library.findOrThrow(name), FunctionDescriptor.of(answer, arguments));
    }

    private MethodHandle nothing(String name, MemoryLayout... arguments) {
        return linker.downcallHandle(
                library.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
    }

    /** C throws nothing; what is thrown is an Error of the JVM's own. */
    private static RuntimeException neverThrown(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(thrown);
    }
}
