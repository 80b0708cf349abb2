package io.bursar.identity;

import io.bursar.platform.PersonalData;
import java.util.List;
import org.springframework.stereotype.Component;

/** Operators have a name and an address. */
@Component
class OperatorNames implements PersonalData {
    private final OperatorStore store;

    OperatorNames(OperatorStore store) {
        this.store = store;
    }

    @Override
    public List<Held> of(String email) {
        return store.byEmail(email).stream()
                .map(operator -> new Held(
                        "operator/" + operator.id(),
                        "Operator: name, address, second factor, known browsers",
                        operator.view().name(),
                        operator.enabled() ? "They are an operator. End their access first." : ""))
                .toList();
    }

    @Override
    public void erase(String email) {
        store.byEmail(email).ifPresent(operator -> store.forget(operator.id()));
    }
}
