package io.bursar.sandbox.evm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The address and topic part of {@code eth_getLogs}: an empty set stands for anything. */
record LogFilter(Set<Address> addresses, List<Set<Hash32>> topics) {
    private static final int TOPICS_MAX = 4;
    private static final int ALTERNATIVES_MAX = 10_000;

    static LogFilter parse(JsonNode filter) {
        var addresses = new HashSet<Address>();
        alternatives(filter.path("address")).forEach(text -> addresses.add(RpcParams.address(text)));
        var topics = new ArrayList<Set<Hash32>>();
        for (var position : filter.path("topics")) {
            var allowed = new HashSet<Hash32>();
            alternatives(position).forEach(text -> allowed.add(RpcParams.hash(text)));
            topics.add(allowed);
        }
        if (topics.size() > TOPICS_MAX) {
            throw RpcException.invalidParams("exceed max topics");
        }
        return new LogFilter(addresses, topics);
    }

    boolean matches(Event event) {
        if (!addresses.isEmpty() && !addresses.contains(event.address())) {
            return false;
        }
        if (topics.size() > event.topics().size()) {
            return false;
        }
        for (int i = 0; i < topics.size(); i++) {
            if (!topics.get(i).isEmpty()
                    && !topics.get(i).contains(event.topics().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> alternatives(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            return List.of(node.asString(""));
        }
        if (node.size() > ALTERNATIVES_MAX) {
            throw RpcException.invalidParams("exceed max addresses or topics: " + ALTERNATIVES_MAX);
        }
        return node.valueStream().map(each -> each.asString("")).toList();
    }
}
