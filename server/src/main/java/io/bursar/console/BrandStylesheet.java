package io.bursar.console;

import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * A partner's colour for its public pages. A stylesheet and not a style attribute, because the pages' policy allows no
 * style that is not a file of ours; it says nothing but the colour in its address, so it is the same for ever.
 */
@Controller
@Access(Principal.Public.class)
class BrandStylesheet {
    private static final Duration KEPT_FOR = Duration.ofDays(365);
    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");

    @GetMapping("/assets/brand/{color}.css")
    ResponseEntity<String> brand(@PathVariable String color) {
        Optional<Colour> colour = Colour.parse(color);
        if (colour.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        Accent light = Accent.on(Accent.Ground.LIGHT, colour.get());
        Accent dark = Accent.on(Accent.Ground.DARK, colour.get());
        return ResponseEntity.ok()
                .contentType(CSS)
                .cacheControl(CacheControl.maxAge(KEPT_FOR).cachePublic().immutable())
                .body("""
                        :root {
                            --accent: light-dark(%s, %s);
                            --on-accent: light-dark(%s, %s);
                            --accent-soft: light-dark(%s, %s);
                        }
                        """.formatted(
                        light.accent(), dark.accent(), light.onAccent(), dark.onAccent(), light.soft(), dark.soft()));
    }
}
