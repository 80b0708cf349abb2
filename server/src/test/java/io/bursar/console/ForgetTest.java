package io.bursar.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.Browser;
import io.bursar.TestBursar;
import io.bursar.audit.Audit;
import io.bursar.audit.AuditEntry;
import io.bursar.audit.AuditVerification;
import io.bursar.identity.OperatorCreation;
import io.bursar.identity.Operators;
import io.bursar.identity.Role;
import io.bursar.mail.Mail;
import io.bursar.shared.Actor;
import io.bursar.shared.IdText;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ForgetTest {
    private static final String PAGE = "/console/forget";
    private final TestBursar bursar = TestBursar.shared();
    private final String email = "f" + UUID.randomUUID() + "@staff.example";

    @Test
    void a_person_is_forgotten_everywhere_and_what_they_did_stays() {
        OperatorCreation creation = bursar.bean(Operators.class)
                .add(email, "Rosalind Franklin", Role.SUPPORT, "a long enough password", Actor.system("test"));
        UUID id = ((OperatorCreation.Created) creation).operator().id();
        bursar.bean(Mail.class).queue("test", email, "Hello", "Hello");
        Browser admin = bursar.admin();
        assertThat(look(admin)).contains("End their access first", "Mails to this address: 1");
        assertThat(forget(admin, "Their wish")).contains("End their access first");

        admin.submit("/console/operators", "/console/operators/" + IdText.of("opr", id) + "/disabling", Map.of());
        assertThat(admin.submit(PAGE, PAGE, Map.of("email", email, "reason", " "))
                        .statusCode())
                .isEqualTo(422);
        assertThat(forget(admin, "Wish of Rosalind Franklin")).contains("its chain is whole");

        assertThat(look(admin)).contains("Nobody here has this address");
        assertThat(bursar.bean(Operators.class).list())
                .filteredOn(operator -> operator.id().equals(id))
                .singleElement()
                .satisfies(operator -> assertThat(operator.name()).isEqualTo("Former operator"));
        assertThat(count("SELECT count(*) FROM mail.message WHERE recipient = :email"))
                .isZero();
        bursar.run("chain-audit");
        assertThat(bursar.bean(Audit.class).verify()).isInstanceOf(AuditVerification.Intact.class);
        assertThat(bursar.bean(Audit.class).entries("operator/" + id, null, 50).items())
                .extracting(AuditEntry::action)
                .contains("person.forgotten", "operator.disabled", "operator.added");
    }

    @Test
    void only_admins_forget() {
        String viewer = "v" + UUID.randomUUID() + "@staff.example";
        bursar.bean(Operators.class)
                .add(viewer, "Viewer", Role.SUPPORT, "a long enough password", Actor.system("test"));

        Browser browser = bursar.browser().signIn(viewer, "a long enough password");
        assertThat(browser.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(bursar.admin().get(PAGE).statusCode()).isEqualTo(200);
        assertThat(bursar.admin()
                        .submit(PAGE, PAGE + "/known", Map.of("email", "x"))
                        .statusCode())
                .isEqualTo(422);
    }

    private String look(Browser admin) {
        return admin.submit(PAGE, PAGE + "/known", Map.of("email", email)).body();
    }

    private String forget(Browser admin, String reason) {
        return admin.submit(PAGE, PAGE, Map.of("email", email, "reason", reason))
                .body();
    }

    private long count(String sql) {
        return bursar.sql().sql(sql).param("email", email).query(Long.class).single();
    }
}
