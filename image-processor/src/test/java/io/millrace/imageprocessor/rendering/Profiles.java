package io.millrace.imageprocessor.rendering;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** ICC profiles (ICC.1:2001-04), written here. */
final class Profiles {

    private Profiles() {}

    /** Red, green, blue, adapted to D50. */
    private static final double[][] ADOBE_RGB = {
        {0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}
    };

    private static final double[][] DISPLAY_P3 = {
        {0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}
    };

    static byte[] adobeRgb() {
        return matrix(ADOBE_RGB, curve(1, ByteBuffer.allocate(2).putShort((short) 563).array()));
    }

    static byte[] displayP3() {
        var table = ByteBuffer.allocate(2 * 1024);
        for (var index = 0; index < 1024; index++) {
            var v = index / 1023.0;
            var linear = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
            table.putShort((short) Math.round(65535 * linear));
        }
        return matrix(DISPLAY_P3, curve(1024, table.array()));
    }

    /**
     * Inks that are nothing like those that are assumed without a profile: cyan looks like sRGB
     * (20, 80, 200), the others and black as usual.
     */
    static byte[] inks() {
        var lut = ByteBuffer.allocate(48 + 4 * 256 + 3 * 16 + 3 * 256);
        lut.put(TestImages.ascii("mft1")).putInt(0);
        lut.put((byte) 4).put((byte) 3).put((byte) 2).put((byte) 0);
        for (var cell = 0; cell < 9; cell++) {
            lut.putInt(cell % 4 == 0 ? 0x10000 : 0);
        }
        for (var table = 0; table < 4; table++) {
            identity(lut);
        }
        for (var corner = 0; corner < 16; corner++) {
            var light = (corner & 1) == 0 ? 1.0 : 0.05;
            var cyan = (corner & 8) != 0;
            var red = (cyan ? 20 / 255.0 : 1) * light;
            var green = ((corner & 4) == 0 ? 1 : 0.05) * (cyan ? 80 / 255.0 : 1) * light;
            var blue = ((corner & 2) == 0 ? 1 : 0.05) * (cyan ? 200 / 255.0 : 1) * light;
            for (var value : lab(red, green, blue)) {
                lut.put((byte) Math.round(value));
            }
        }
        for (var table = 0; table < 3; table++) {
            identity(lut);
        }
        var tags = new LinkedHashMap<String, byte[]>();
        // As printers' profiles: every intent.
        for (var intent = 0; intent < 3; intent++) {
            tags.put("A2B" + intent, lut.array());
            tags.put("B2A" + intent, toInks());
        }
        return profile("prtr", "CMYK", "Lab ", tags);
    }

    /** The way back, which nobody goes and without which a profile of inks is not whole. */
    private static byte[] toInks() {
        var lut = ByteBuffer.allocate(48 + 3 * 256 + 8 * 4 + 4 * 256);
        lut.put(TestImages.ascii("mft1")).putInt(0);
        lut.put((byte) 3).put((byte) 4).put((byte) 2).put((byte) 0);
        for (var cell = 0; cell < 9; cell++) {
            lut.putInt(cell % 4 == 0 ? 0x10000 : 0);
        }
        for (var table = 0; table < 3; table++) {
            identity(lut);
        }
        for (var corner = 0; corner < 8; corner++) {
            // Nothing but black, by lightness.
            lut.putInt((corner & 4) == 0 ? 0xFF : 0);
        }
        for (var table = 0; table < 4; table++) {
            identity(lut);
        }
        return lut.array();
    }

    private static void identity(ByteBuffer table) {
        for (var value = 0; value < 256; value++) {
            table.put((byte) value);
        }
    }

    /** sRGB to the Lab of D50, as 8 bits encode it. */
    private static double[] lab(double... srgb) {
        var linear = new double[3];
        for (var index = 0; index < 3; index++) {
            var v = srgb[index];
            linear[index] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }
        var x = 0.43607 * linear[0] + 0.38515 * linear[1] + 0.14307 * linear[2];
        var y = 0.22249 * linear[0] + 0.71687 * linear[1] + 0.06061 * linear[2];
        var z = 0.01392 * linear[0] + 0.09708 * linear[1] + 0.71410 * linear[2];
        var fy = f(y);
        return new double[] {
            (116 * fy - 16) * 2.55,
            500 * (f(x / 0.9642) - fy) + 128,
            200 * (fy - f(z / 0.8249)) + 128
        };
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }

    private static byte[] matrix(double[][] colours, byte[] curve) {
        var tags = new LinkedHashMap<String, byte[]>();
        var names = new String[] {"r", "g", "b"};
        for (var colour = 0; colour < 3; colour++) {
            tags.put(names[colour] + "XYZ", xyz(colours[colour]));
            tags.put(names[colour] + "TRC", curve);
        }
        return profile("mntr", "RGB ", "XYZ ", tags);
    }

    private static byte[] curve(int count, byte[] values) {
        return ByteBuffer.allocate(12 + values.length)
                .put(TestImages.ascii("curv"))
                .putInt(0)
                .putInt(count)
                .put(values)
                .array();
    }

    private static byte[] xyz(double... value) {
        var tag = ByteBuffer.allocate(20).put(TestImages.ascii("XYZ ")).putInt(0);
        for (var each : value) {
            tag.putInt((int) Math.round(each * 65536));
        }
        return tag.array();
    }

    private static byte[] profile(
            String device, String space, String between, Map<String, byte[]> own) {
        var tags = new LinkedHashMap<>(own);
        tags.put("wtpt", xyz(0.9642, 1, 0.8249));
        tags.put(
                "cprt",
                TestImages.join(TestImages.ascii("text"), new byte[4], TestImages.ascii("none\0")));
        var name = TestImages.ascii("test\0");
        tags.put(
                "desc",
                ByteBuffer.allocate(90 + name.length)
                        .put(TestImages.ascii("desc"))
                        .putInt(0)
                        .putInt(name.length)
                        .put(name)
                        .array());
        var at = 128 + 4 + 12 * tags.size();
        var table = ByteBuffer.allocate(4 + 12 * tags.size()).putInt(tags.size());
        var data = new byte[0];
        for (var tag : tags.entrySet()) {
            var length = tag.getValue().length;
            table.put(TestImages.ascii(tag.getKey())).putInt(at + data.length).putInt(length);
            data = TestImages.join(data, tag.getValue(), new byte[(4 - length % 4) % 4]);
        }
        var header =
                ByteBuffer.allocate(128)
                        .putInt(at + data.length)
                        .putInt(0)
                        .putInt(0x02400000)
                        .put(TestImages.ascii(device))
                        .put(TestImages.ascii(space))
                        .put(TestImages.ascii(between))
                        .putShort(24, (short) 2026)
                        .putShort(26, (short) 11)
                        .putShort(28, (short) 26)
                        .put(36, TestImages.ascii("acsp"))
                        .putInt(68, (int) Math.round(0.9642 * 65536))
                        .putInt(72, 65536)
                        .putInt(76, (int) Math.round(0.8249 * 65536))
                        .array();
        return TestImages.join(header, table.array(), data);
    }
}
