package io.bursar.console;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.identity.Role;
import io.bursar.platform.Database;
import io.bursar.platform.SealedValues;
import io.bursar.platform.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What this server was started with. Nothing is changed here: settings come from the environment and its file. */
@ConsolePage
@Access(value = Principal.Operator.class, role = Role.ADMIN)
class SettingsPage {
    static final String PATH = "/console/settings";

    private final Settings settings;
    private final Database database;
    private final SealedValues sealedValues;

    SettingsPage(Settings settings, Database database, SealedValues sealedValues) {
        this.settings = settings;
        this.database = database;
        this.sealedValues = sealedValues;
    }

    @GetMapping(PATH)
    String settings(Model model) {
        model.addAttribute("settings", settings.effective());
        model.addAttribute("embedded", database.isEmbedded());
        model.addAttribute("database", database.logins().app().toString());
        model.addAttribute("guarded", database.logins().historyGuardedByPrivileges());
        List<SealedValues.Standing> standings = sealedValues.standings();
        model.addAttribute("sealed", standings);
        model.addAttribute("sealedCount", sum(standings, SealedValues.Standing::present));
        model.addAttribute("sealedBefore", sum(standings, SealedValues.Standing::previous));
        model.addAttribute("sealedLost", sum(standings, SealedValues.Standing::neither));
        model.addAttribute("presentKey", sealedValues.presentKey());
        model.addAttribute("previousKey", sealedValues.previousKey().orElse(null));
        model.addAttribute("version", version());
        model.addAttribute("java", Runtime.version().toString());
        return "console/settings";
    }

    private static long sum(List<SealedValues.Standing> standings, ToLongFunction<SealedValues.Standing> count) {
        return standings.stream().mapToLong(count).sum();
    }

    /** Known to the packaged product only. */
    private static String version() {
        return Optional.ofNullable(SettingsPage.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }
}
