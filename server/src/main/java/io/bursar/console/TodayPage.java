package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.consolespi.HeaderTag;
import io.bursar.consolespi.OverviewPart;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page of the day: what every module wants seen. */
@ConsolePage
@Access(Principal.Operator.class)
class TodayPage {
    static final String PATH = "/console";
    private static final Logger LOG = LoggerFactory.getLogger(TodayPage.class);

    private final List<OverviewPart> parts;
    private final List<HeaderTag> tags;

    TodayPage(ObjectProvider<OverviewPart> parts, ObjectProvider<HeaderTag> tags) {
        this.parts = parts.stream()
                .sorted(Comparator.comparingInt(OverviewPart::order))
                .toList();
        this.tags = tags.stream().toList();
    }

    @GetMapping(PATH)
    String today(Model model) {
        model.addAttribute(
                "tags", tags.stream().flatMap(tag -> tag(tag).stream()).toList());
        model.addAttribute("stats", drawn(OverviewPart.Slot.STATS));
        model.addAttribute("main", drawn(OverviewPart.Slot.MAIN));
        model.addAttribute("side", drawn(OverviewPart.Slot.SIDE));
        return "console/today";
    }

    private List<Drawn> drawn(OverviewPart.Slot slot) {
        return parts.stream()
                .filter(part -> part.slot() == slot)
                .map(TodayPage::drawn)
                .toList();
    }

    /** One module's trouble must not hide what all the others have to say. */
    private static Drawn drawn(OverviewPart part) {
        try {
            return new Drawn(part.fragment(), part.model());
        } catch (RuntimeException failed) {
            LOG.error("overview part {} could not be read", part.fragment(), failed);
            return new Drawn("console/today :: failed", Map.of());
        }
    }

    private static Optional<HeaderTag.Tag> tag(HeaderTag tag) {
        try {
            return tag.tag();
        } catch (RuntimeException failed) {
            LOG.error("header tag {} could not be read", tag.getClass().getSimpleName(), failed);
            return Optional.empty();
        }
    }

    record Drawn(String fragment, Map<String, Object> model) {}
}
