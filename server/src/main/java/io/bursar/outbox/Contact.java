package io.bursar.outbox;

import io.bursar.shared.IdText;
import java.util.UUID;

/** Somebody who looks after an owner's endpoints. */
public record Contact(UUID id, String owner, String email) {
    /** {@code con_…}, as pages name it. */
    public String idText() {
        return IdText.of("con", id);
    }

    /** Without the address: this is what logs would show. */
    @Override
    public String toString() {
        return "Contact[" + id + "]";
    }
}
