package io.bursar.identity;

import java.util.Optional;
import java.util.UUID;

/**
 * People who are no staff and sign in with a code by mail. The module that knows them publishes one bean of this type;
 * each lookup names the tenant, because one address may be known to several.
 */
public interface Portal {
    /** Stable, one word: it is stored with each session. */
    String name();

    /** Who may sign in with this address at this tenant, now. */
    Optional<Holder> byEmail(UUID tenant, String email);

    /** The caller a session of this holder makes; empty as soon as they may not sign in any more. */
    Optional<Principal> caller(UUID holder);

    /** @param place what the mail calls where they sign in, such as the tenant's name */
    record Holder(UUID id, String place) {}
}
