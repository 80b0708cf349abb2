package io.bursar.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WCAG AA from the tokens themselves: 4.5 for text on every ground it stands on, 3 for the edges of controls. */
class ContrastTest {
    private static final double TEXT_MIN = 4.5;
    private static final double EDGE_MIN = 3;
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z0-9-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);");
    private static final List<String> GROUNDS = List.of("page", "card", "line-2");
    private static final List<String> TEXTS = List.of("ink", "ink-2", "ink-3", "accent", "ok", "warn", "bad", "wait");
    private static final List<String> TONES = List.of("ok", "warn", "bad", "wait", "accent");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void text_can_be_read_in_both_themes(int theme) {
        Map<String, Colour> tokens = tokens(theme);
        for (String ground : GROUNDS) {
            TEXTS.forEach(text -> assertContrast(tokens, text, ground, TEXT_MIN));
        }
        for (String tone : TONES) {
            assertContrast(tokens, tone, tone + "-soft", TEXT_MIN);
            assertContrast(tokens, "ink", tone + "-soft", TEXT_MIN);
            assertContrast(tokens, "ink-2", tone + "-soft", TEXT_MIN);
        }
        assertContrast(tokens, "on-accent", "accent", TEXT_MIN);
        assertContrast(tokens, "page", "ink", TEXT_MIN);
        assertContrast(tokens, "card", "bad", TEXT_MIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void controls_can_be_seen_in_both_themes(int theme) {
        Map<String, Colour> tokens = tokens(theme);
        GROUNDS.forEach(ground -> assertContrast(tokens, "accent", ground, EDGE_MIN));
        assertContrast(tokens, "edge", "card", EDGE_MIN);
        assertContrast(tokens, "edge", "page", EDGE_MIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#000000", "#ffffff", "#ffee00", "#ff6600", "#808080", "#001060", "#3b4cca", "#e6007a"})
    void any_brand_colour_becomes_one_that_can_be_read(String brand) {
        Colour colour = Colour.parse(brand).orElseThrow();
        for (Accent.Ground ground : List.of(Accent.Ground.LIGHT, Accent.Ground.DARK)) {
            Accent accent = Accent.on(ground, colour);
            assertThat(accent.accent().contrast(ground.card())).isGreaterThanOrEqualTo(TEXT_MIN);
            assertThat(accent.onAccent().contrast(accent.accent())).isGreaterThanOrEqualTo(TEXT_MIN);
            assertThat(accent.accent().contrast(accent.soft())).isGreaterThanOrEqualTo(TEXT_MIN);
        }
    }

    @Test
    void contrast_is_measured_as_wcag_does() {
        assertThat(Colour.BLACK.contrast(Colour.WHITE)).isEqualTo(21);
        assertThat(Colour.WHITE.contrast(new Colour(0x77, 0x77, 0x77))).isBetween(4.47, 4.48);
    }

    @Test
    void the_dark_ground_of_brands_is_the_stylesheets_own() {
        assertThat(tokens(1)).containsEntry("card", Accent.Ground.LIGHT.card());
        assertThat(tokens(2)).containsEntry("card", Accent.Ground.DARK.card());
    }

    private static void assertContrast(Map<String, Colour> tokens, String text, String ground, double min) {
        assertThat(tokens).containsKeys(text, ground);
        assertThat(Objects.requireNonNull(tokens.get(text)).contrast(Objects.requireNonNull(tokens.get(ground))))
                .as("%s on %s", text, ground)
                .isGreaterThanOrEqualTo(min);
    }

    private static Map<String, Colour> tokens(int theme) {
        Map<String, Colour> tokens = new HashMap<>();
        Matcher token = TOKEN.matcher(stylesheet());
        while (token.find()) {
            tokens.put(token.group(1), Colour.parse(token.group(1 + theme)).orElseThrow());
        }
        assertThat(tokens).hasSizeGreaterThan(15);
        return tokens;
    }

    private static String stylesheet() {
        try (InputStream css = ContrastTest.class.getResourceAsStream("/static/assets/bursar.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
