package io.millrace.imageprocessor.rendering;

import java.util.List;
import java.util.Set;

/** Renders images; what it refuses it refuses by its header where it can, before it decodes. */
public interface Renderer {

    /** The renditions of an image, none of them larger than it, all of them upright and in sRGB. */
    Rendered render(byte[] image, List<RenditionSpec> specs);

    /** What it is, and its version. */
    String name();

    /** The formats that it reads; images in others are refused. */
    Set<ImageFormat> reads();

    /** The formats that renditions can have. */
    Set<ImageFormat> writes();
}
