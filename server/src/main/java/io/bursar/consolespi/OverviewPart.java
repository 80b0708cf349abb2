package io.bursar.consolespi;

import java.util.Map;

/** A piece of the Today page: a fragment of the giving module's templates and the values it shows. */
public interface OverviewPart {
    enum Slot {
        STATS,
        MAIN,
        SIDE
    }

    Slot slot();

    int order();

    /** A Thymeleaf fragment that draws itself from {@code part}: {@code stablecoin/overview :: latest}. */
    String fragment();

    /** Read anew for every view of the page, so cheap: what the fragment finds under {@code part}. */
    Map<String, Object> model();
}
