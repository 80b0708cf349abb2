package io.bursar.identity;

import io.bursar.platform.Settings;
import io.bursar.shared.Actor;
import java.util.Optional;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Somebody must be able to sign in to a new Bursar: the admin its settings name, made once. */
@Component
class FirstOperator implements SmartInitializingSingleton {
    private final IdentitySettings identity;
    private final Operators operators;
    private final Settings settings;

    FirstOperator(IdentitySettings identity, Operators operators, Settings settings) {
        this.identity = identity;
        this.operators = operators;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Optional<String> email = identity.adminEmail();
        Optional<String> password = identity.adminPassword();
        if (email.isPresent() && password.isPresent() && operators.none()) {
            OperatorCreation creation =
                    operators.add(email.get(), "Admin", Role.ADMIN, password.get(), Actor.system("first-operator"));
            // Of several nodes that start at once one is first, and that is as good.
            if (creation instanceof OperatorCreation.Refused(String field, String sentence) && operators.none()) {
                settings.problem("BURSAR_ADMIN_" + (field.equals("email") ? "EMAIL: " : "PASSWORD: ") + sentence);
                settings.verify();
            }
        }
    }
}
