package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Database;
import io.bursar.platform.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What this server was started with. Nothing is changed here: settings come from the environment alone. */
@ConsolePage
@Access(value = Principal.Operator.class, role = Role.ADMIN)
class SettingsPage {
    static final String PATH = "/console/settings";

    private static final Pattern ADDRESS = Pattern.compile("(https?://)(?:[^/?#@\\s,]*@)?([^/?#@\\s,]+)[/?#][^\\s,]+");

    private final Settings settings;
    private final Database database;

    SettingsPage(Settings settings, Database database) {
        this.settings = settings;
        this.database = database;
    }

    @GetMapping(PATH)
    String settings(Model model) {
        model.addAttribute("settings", shown());
        model.addAttribute("embedded", database.isEmbedded());
        model.addAttribute("database", database.logins().app().toString());
        model.addAttribute("guarded", database.logins().historyGuardedByPrivileges());
        model.addAttribute("version", version());
        model.addAttribute("java", Runtime.version().toString());
        return "console/settings";
    }

    /** Providers put keys into the paths of their addresses, so of an address only the host is shown. */
    private Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>(settings.effective());
        shown.replaceAll((name, value) -> ADDRESS.matcher(value).replaceAll("$1$2/••••"));
        return shown;
    }

    /** Known to the packaged product only. */
    private static String version() {
        return Optional.ofNullable(SettingsPage.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }
}
