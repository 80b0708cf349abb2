package io.bursar.fx;

import java.time.LocalDate;
import java.util.Map;

/** Where rates come from. The default reads the ECB's feed; another provider is another implementation. */
interface RateSource {
    /** A short word stored beside each rate: {@code ecb}. */
    String name();

    /** @throws io.bursar.platform.WorldFailedException {@code fx_unavailable}, with a sentence operators can act on */
    Feed fetch();

    /** What was read: for one day, units per EUR by currency, as text because nothing has judged them yet. */
    record Feed(LocalDate asOf, Map<String, String> rates) {
        public Feed {
            rates = Map.copyOf(rates);
        }
    }
}
