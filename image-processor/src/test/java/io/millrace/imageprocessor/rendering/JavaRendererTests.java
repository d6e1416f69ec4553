package io.millrace.imageprocessor.rendering;

class JavaRendererTests extends RendererContract {

    @Override
    Renderer renderer(long maxPixels, long memory) {
        return new JavaRenderer(maxPixels, memory);
    }
}
