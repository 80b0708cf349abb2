package io.bursar.inbox;

import io.bursar.consolespi.SearchProvider;
import io.bursar.shared.IdText;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds events by their own id and by the one their provider gave them. */
@Component
class EventSearch implements SearchProvider {
    private final EventListStore events;

    EventSearch(EventListStore events) {
        this.events = events;
    }

    @Override
    public List<Hit> search(String query) {
        Stream<EventView> own = IdText.parse("ine", query).flatMap(events::find).stream();
        return Stream.concat(own, events.named(query, HITS_MAX).stream())
                .map(found -> new Hit(
                        "Event in",
                        found.kind() + " from " + found.provider() + "/" + found.account(),
                        EventsPage.PATH + "/" + found.idText()))
                .toList();
    }
}
