package io.bursar.platform;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as the path of an SVG: its dark modules, a unit each, inside a quiet zone of four. */
public record QrPath(int size, String path) {
    private static final int QUIET = 4;

    public static QrPath of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int run = run(code, x, y);
                if (run > 0) {
                    path.append("M%d %dh%dv1h-%dz".formatted(x + QUIET, y + QUIET, run, run));
                }
                x += run + 1;
            }
        }
        return new QrPath(code.size + 2 * QUIET, path.toString());
    }

    /** How many dark modules follow each other from here. */
    private static int run(QrCode code, int x, int y) {
        int end = x;
        while (end < code.size && code.getModule(end, y)) {
            end++;
        }
        return end - x;
    }

    public String viewBox() {
        return "0 0 " + size + " " + size;
    }
}
