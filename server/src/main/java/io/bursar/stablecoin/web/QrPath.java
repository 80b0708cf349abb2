package io.bursar.stablecoin.web;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as the path of an SVG: its dark modules, one unit each, inside a quiet zone of four. */
record QrPath(int size, String path) {
    private static final int QUIET = 4;

    static QrPath of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return new QrPath(code.size + 2 * QUIET, path.toString());
    }

    public String viewBox() {
        return "0 0 " + size + " " + size;
    }
}
