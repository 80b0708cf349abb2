package io.bursar.console;

/** What a brand's colour becomes on our pages: near enough to be known, far enough from its ground to be read. */
record Accent(Colour accent, Colour onAccent, Colour soft) {
    /** WCAG AA for text is 4.5; a little more, because accents also stand on grounds a shade off. */
    private static final double CONTRAST_MIN = 5.4;

    private static final int STEP_PERCENT = 4;
    private static final int SOFT_PERCENT = 93;

    /** The card of a theme, as the stylesheet has it, and the colour that leads away from it. */
    record Ground(Colour card, Colour away) {
        static final Ground LIGHT = new Ground(Colour.WHITE, Colour.BLACK);
        static final Ground DARK = new Ground(new Colour(0x19, 0x1c, 0x22), Colour.WHITE);
    }

    static Accent on(Ground ground, Colour brand) {
        Colour accent = brand;
        for (int percent = 0; accent.contrast(ground.card) < CONTRAST_MIN; percent += STEP_PERCENT) {
            accent = brand.mixed(ground.away, percent);
        }
        return new Accent(accent, ground.card, accent.mixed(ground.card, SOFT_PERCENT));
    }
}
