package io.millrace.imageprocessor.rendering;

import java.awt.AlphaComposite;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Optional;

/**
 * Brings decoded images to sRGB. The JDK's reader of JPEG applies a profile of red, green and blue
 * by itself, and no other reader does.
 */
final class Colours {

    private static final ICC_Profile SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB);

    /**
     * Rows that are converted at once: the copies of a whole photograph would be larger than it.
     */
    private static final int STRIP = 64;

    private Colours() {}

    /** The image as one that can be drawn and scaled: a byte per channel, no printer's colours. */
    static BufferedImage drawable(BufferedImage image) {
        var model = image.getColorModel();
        if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
            return ofCmyk(image);
        }
        return model instanceof ComponentColorModel
                        && model.getTransferType() == DataBuffer.TYPE_USHORT
                ? ofWords(image)
                : image;
    }

    /** Cyan, magenta, yellow and black as sRGB: by the profile if there is one. */
    private static BufferedImage ofCmyk(BufferedImage image) {
        var rgb =
                new BufferedImage(
                        image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        var convert =
                image.getColorModel().getColorSpace() instanceof ICC_ColorSpace space
                        ? Optional.of(conversion(space.getProfile()))
                        : Optional.<ColorConvertOp>empty();
        for (var y = 0; y < image.getHeight(); y += STRIP) {
            var rows = Math.min(STRIP, image.getHeight() - y);
            var from = image.getRaster().createChild(0, y, image.getWidth(), rows, 0, 0, null);
            var to = rgb.getRaster().createWritableChild(0, y, image.getWidth(), rows, 0, 0, null);
            if (convert.isPresent()) {
                convert.get().filter(from, to);
            } else {
                to.setPixels(0, 0, image.getWidth(), rows, mixed(from));
            }
        }
        return rgb;
    }

    /** Without a profile nobody knows the inks: light passes through one after the other. */
    private static int[] mixed(Raster cmyk) {
        var inks = cmyk.getPixels(0, 0, cmyk.getWidth(), cmyk.getHeight(), (int[]) null);
        var rgb = new int[inks.length / 4 * 3];
        for (var pixel = 0; pixel < inks.length / 4; pixel++) {
            var light = 255 - inks[4 * pixel + 3];
            for (var ink = 0; ink < 3; ink++) {
                rgb[3 * pixel + ink] = (255 - inks[4 * pixel + ink]) * light / 255;
            }
        }
        return rgb;
    }

    /** The upper of two bytes a channel: no rendition has more, and not everything draws them. */
    private static BufferedImage ofWords(BufferedImage image) {
        var words = image.getRaster();
        var bytes =
                Raster.createInterleavedRaster(
                        DataBuffer.TYPE_BYTE,
                        image.getWidth(),
                        image.getHeight(),
                        words.getNumBands(),
                        null);
        int[] row = null;
        for (var y = 0; y < image.getHeight(); y++) {
            row = words.getPixels(0, y, image.getWidth(), 1, row);
            for (var index = 0; index < row.length; index++) {
                row[index] >>= 8;
            }
            bytes.setPixels(0, y, image.getWidth(), 1, row);
        }
        var from = image.getColorModel();
        var model =
                new ComponentColorModel(
                        from.getColorSpace(),
                        from.hasAlpha(),
                        false,
                        from.getTransparency(),
                        DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, bytes, false, null);
    }

    /** Applies a profile to an image whose pixels are still what its file says. */
    static BufferedImage applied(byte[] profile, BufferedImage image) {
        ICC_Profile from;
        try {
            from = ICC_Profile.getInstance(profile);
        } catch (IllegalArgumentException _) {
            // A broken profile is no reason to refuse an image that can be decoded.
            return image;
        }
        if (from.getColorSpaceType() != ColorSpace.TYPE_RGB) {
            return image;
        }
        var whole = copy(image);
        var colours = whole.getRaster().getNumBands() > 3 ? new int[] {0, 1, 2} : null;
        var raster =
                whole.getRaster()
                        .createWritableChild(
                                0, 0, whole.getWidth(), whole.getHeight(), 0, 0, colours);
        var converted = raster.createCompatibleWritableRaster();
        conversion(from).filter(raster, converted);
        raster.setRect(converted);
        return whole;
    }

    /** A copy with a byte per channel: the conversion takes no packed pixels. */
    private static BufferedImage copy(BufferedImage image) {
        var copy =
                new BufferedImage(
                        image.getWidth(),
                        image.getHeight(),
                        image.getColorModel().hasAlpha()
                                ? BufferedImage.TYPE_4BYTE_ABGR
                                : BufferedImage.TYPE_3BYTE_BGR);
        var canvas = copy.createGraphics();
        canvas.setComposite(AlphaComposite.Src);
        canvas.drawImage(image, 0, 0, null);
        canvas.dispose();
        return copy;
    }

    private static ColorConvertOp conversion(ICC_Profile from) {
        return new ColorConvertOp(new ICC_Profile[] {from, SRGB}, null);
    }
}
