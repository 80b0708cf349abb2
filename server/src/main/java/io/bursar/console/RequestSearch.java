package io.bursar.console;

import io.bursar.audit.Audit;
import io.bursar.audit.AuditFilter;
import io.bursar.consolespi.SearchProvider;
import io.bursar.errorlog.ErrorFilter;
import io.bursar.errorlog.ErrorLog;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds what a request broke and what it changed, by the id that its answer and its error page carry. */
@Component
class RequestSearch implements SearchProvider {
    private static final String PREFIX = "rid_";

    private final ErrorLog errors;
    private final Audit audit;

    RequestSearch(ErrorLog errors, Audit audit) {
        this.errors = errors;
        this.audit = audit;
    }

    @Override
    public List<Hit> search(String query) {
        String id = query.strip();
        List<Hit> hits = new ArrayList<>();
        if (id.startsWith(PREFIX)) {
            long broke = errors.count(ErrorFilter.ofRequest(id));
            long changed = audit.count(new AuditFilter(null, null, null, id, null, null));
            if (broke > 0) {
                hits.add(hit("Errors of a request", id, broke, ErrorsPage.PATH));
            }
            if (changed > 0) {
                hits.add(hit("Changes by a request", id, changed, AuditPage.PATH));
            }
        }
        return hits;
    }

    private static Hit hit(String kind, String id, long count, String page) {
        return new Hit(
                kind, id + " · " + count, ListLink.of(page).with("request", id).text());
    }
}
