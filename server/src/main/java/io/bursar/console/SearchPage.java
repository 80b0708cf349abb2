package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.consolespi.SearchProvider;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One box finds everything; every module looks for itself. What only one thing answers to is opened at once. */
@ConsolePage
@Access(Principal.Operator.class)
class SearchPage {
    static final int QUERY_CHARACTERS_MAX = 200;
    private static final Logger LOG = LoggerFactory.getLogger(SearchPage.class);

    private final List<SearchProvider> providers;

    SearchPage(ObjectProvider<SearchProvider> providers) {
        this.providers = providers.stream().toList();
    }

    @GetMapping("/console/search")
    String search(@RequestParam(name = "q", defaultValue = "") String asked, Model model) {
        String query = asked.strip();
        boolean tooLong = query.length() > QUERY_CHARACTERS_MAX;
        Found found = query.isEmpty() || tooLong ? new Found(List.of(), false) : find(query);
        if (found.hits.size() == 1 && !found.incomplete) {
            return "redirect:" + found.hits.getFirst().path();
        }
        Map<String, List<SearchProvider.Hit>> kinds = new LinkedHashMap<>();
        found.hits.forEach(hit ->
                kinds.computeIfAbsent(hit.kind(), kind -> new ArrayList<>()).add(hit));
        model.addAttribute("query", query);
        model.addAttribute("tooLong", tooLong);
        model.addAttribute("incomplete", found.incomplete);
        model.addAttribute("count", found.hits.size());
        model.addAttribute("kinds", kinds);
        return "console/search";
    }

    private Found find(String query) {
        List<SearchProvider.Hit> hits = new ArrayList<>();
        boolean incomplete = false;
        for (SearchProvider provider : providers) {
            try {
                provider.search(query).stream()
                        .limit(SearchProvider.HITS_MAX)
                        .filter(hit -> hit.path().startsWith("/"))
                        .forEach(hits::add);
            } catch (RuntimeException failed) {
                LOG.error("{} could not be searched", provider.getClass().getSimpleName(), failed);
                incomplete = true;
            }
        }
        return new Found(hits, incomplete);
    }

    private record Found(List<SearchProvider.Hit> hits, boolean incomplete) {}
}
