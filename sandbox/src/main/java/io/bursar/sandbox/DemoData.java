package io.bursar.sandbox;

/** Believable data, created as people and programs would create them: on the console's pages and over the API. */
final class DemoData {
    private final DemoHome home;
    private final StandIns outside;

    DemoData(DemoHome home, StandIns outside) {
        this.home = home;
        this.outside = outside;
    }

    /** Takes up where an interrupted first start ended; does nothing when everything is there. */
    void complete(DemoFile file) {
        file.sandbox();
        home.path();
        outside.mailbox();
    }
}
