package io.bursar.consolespi;

import java.util.List;

/** Finds things by what an operator pastes into the search box: an id, a hash, an e-mail, a name. */
public interface SearchProvider {
    int HITS_MAX = 10;

    /** At most {@link #HITS_MAX} hits, best first; none is an ordinary answer. */
    List<Hit> search(String query);

    /** {@code kind} in words ("Payment request"), {@code label} as the list shows it, {@code path} where it leads. */
    record Hit(String kind, String label, String path) {}
}
