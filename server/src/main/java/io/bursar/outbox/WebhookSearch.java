package io.bursar.outbox;

import io.bursar.consolespi.SearchProvider;
import io.bursar.shared.IdText;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds deliveries by their own id and by the {@code webhook-id} a receiver quotes, and endpoints by theirs. */
@Component
class WebhookSearch implements SearchProvider {
    private final DeliveryListStore deliveries;
    private final EndpointStore endpoints;

    WebhookSearch(DeliveryListStore deliveries, EndpointStore endpoints) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
    }

    @Override
    public List<Hit> search(String query) {
        Stream<DeliveryView> own = IdText.parse("dlv", query).flatMap(deliveries::find).stream();
        Stream<DeliveryView> ofEvent = IdText.parse("evt", query).map(id -> deliveries.ofEvent(id, HITS_MAX)).stream()
                .flatMap(List::stream);
        Stream<EndpointView> endpoint = IdText.parse("end", query).flatMap(endpoints::find).stream();
        return Stream.concat(
                        Stream.concat(own, ofEvent)
                                .map(found -> new Hit(
                                        "Webhook delivery",
                                        found.type() + " to " + found.url(),
                                        "/console/webhooks/deliveries/" + found.idText())),
                        endpoint.map(found -> new Hit(
                                "Webhook endpoint", found.url(), "/console/webhooks/endpoints/" + found.idText())))
                .toList();
    }
}
