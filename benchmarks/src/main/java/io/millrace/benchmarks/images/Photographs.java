package io.millrace.benchmarks.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/**
 * Twenty JPEGs of 4 to 24 megapixels, with light, edges and grain as a camera sees them; the same
 * ones each time.
 */
final class Photographs {

    private static final int COUNT = 20;

    private Photographs() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var index = 0; index < COUNT; index++) {
            var file = folder.resolve("%02d.jpg".formatted(index));
            if (!Files.exists(file)) {
                var pixels = 4e6 + 20e6 * index / (COUNT - 1);
                var width = (int) Math.sqrt(pixels * 3 / 2);
                write(photograph(width, width * 2 / 3, new Random(index)), file);
            }
        }
    }

    private static BufferedImage photograph(int width, int height, Random random) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var waves = new double[12][];
        for (var wave = 0; wave < waves.length; wave++) {
            var size = Math.pow(2, 1 + wave / 1.5) / width;
            waves[wave] =
                    new double[] {
                        random.nextGaussian() * size,
                        random.nextGaussian() * size,
                        random.nextDouble() * 6,
                        60.0 / (1 + wave),
                        random.nextInt(3)
                    };
        }
        var row = new int[width];
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var grain = random.nextInt(13) - 6;
                double red = 120 + grain;
                double green = 110 + grain;
                double blue = 100 + grain;
                for (var wave : waves) {
                    var light = wave[3] * Math.sin(wave[0] * x + wave[1] * y + wave[2]);
                    // Every third one is an edge.
                    var seen = wave[4] == 0 ? Math.signum(light) * wave[3] : light;
                    red += seen;
                    green += seen * (wave[4] == 1 ? 0.5 : 0.9);
                    blue += seen * (wave[4] == 2 ? 0.3 : 0.8);
                }
                row[x] = clamp(red) << 16 | clamp(green) << 8 | clamp(blue);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    private static int clamp(double value) {
        return Math.clamp((long) value, 0, 255);
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var out = ImageIO.createImageOutputStream(Files.newOutputStream(file))) {
            writer.setOutput(out);
            var settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(0.9f);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
    }
}
