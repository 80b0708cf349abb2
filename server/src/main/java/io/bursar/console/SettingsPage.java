package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Database;
import io.bursar.platform.Settings;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What this server was started with. Nothing is changed here: settings come from the environment and its file. */
@ConsolePage
@Access(value = Principal.Operator.class, role = Role.ADMIN)
class SettingsPage {
    static final String PATH = "/console/settings";

    private final Settings settings;
    private final Database database;

    SettingsPage(Settings settings, Database database) {
        this.settings = settings;
        this.database = database;
    }

    @GetMapping(PATH)
    String settings(Model model) {
        model.addAttribute("settings", settings.effective());
        model.addAttribute("embedded", database.isEmbedded());
        model.addAttribute("database", database.logins().app().toString());
        model.addAttribute("guarded", database.logins().historyGuardedByPrivileges());
        model.addAttribute("version", version());
        model.addAttribute("java", Runtime.version().toString());
        return "console/settings";
    }

    /** Known to the packaged product only. */
    private static String version() {
        return Optional.ofNullable(SettingsPage.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }
}
