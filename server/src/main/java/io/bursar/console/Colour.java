package io.bursar.console;

import io.bursar.shared.Check;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** An opaque sRGB colour and how it contrasts with others, as WCAG 2 measures it. */
record Colour(int red, int green, int blue) {
    static final Colour WHITE = new Colour(255, 255, 255);
    static final Colour BLACK = new Colour(0, 0, 0);
    private static final Pattern HEX = Pattern.compile("#?([0-9a-fA-F]{6})");

    Colour {
        Check.argument(channel(red) && channel(green) && channel(blue), "colour: %s %s %s", red, green, blue);
    }

    static Optional<Colour> parse(String text) {
        if (!HEX.matcher(text).matches()) {
            return Optional.empty();
        }
        byte[] channels = HexFormat.of().parseHex(text.startsWith("#") ? text.substring(1) : text);
        return Optional.of(new Colour(channels[0] & 255, channels[1] & 255, channels[2] & 255));
    }

    /** From 1, no contrast at all, to 21, black on white. */
    double contrast(Colour other) {
        double brighter = Math.max(luminance(), other.luminance());
        double darker = Math.min(luminance(), other.luminance());
        return (brighter + 0.05) / (darker + 0.05);
    }

    /** This colour with {@code percent} of another in it. */
    Colour mixed(Colour other, int percent) {
        return new Colour(
                mixed(red, other.red, percent), mixed(green, other.green, percent), mixed(blue, other.blue, percent));
    }

    @Override
    public String toString() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static int mixed(int one, int other, int percent) {
        return (one * (100 - percent) + other * percent) / 100;
    }

    private static boolean channel(int value) {
        return value >= 0 && value <= 255;
    }
}
