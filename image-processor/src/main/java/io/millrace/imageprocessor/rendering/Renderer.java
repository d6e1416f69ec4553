package io.millrace.imageprocessor.rendering;

import java.util.List;

/** Renders images; what it refuses it refuses by its header where it can, before it decodes. */
public interface Renderer {

    /** The renditions of an image, none of them larger than it, all of them upright. */
    Rendered render(byte[] image, List<RenditionSpec> specs);
}
