package io.bursar.identity;

import io.bursar.shared.Actor;
import java.util.Set;
import java.util.UUID;

/** Who makes a request. Each route declares with {@link Access} which of these it answers; all others are refused. */
public sealed interface Principal {
    Actor actor();

    /** Staff, signed in to the console. */
    record Operator(UUID operatorId, String name, Role role) implements Principal {
        @Override
        public Actor actor() {
            return new Actor(Actor.Kind.OPERATOR, operatorId.toString());
        }
    }

    /** A partner's backend, by API key. {@code credentialId} survives rotation of the key. */
    record PartnerKey(UUID partnerId, UUID credentialId) implements Principal {
        @Override
        public Actor actor() {
            return new Actor(Actor.Kind.PARTNER, partnerId.toString());
        }
    }

    /** Whoever holds a key to one book of the ledger, and may do there what the scopes say. */
    record LedgerKey(UUID bookId, UUID credentialId, Set<Scope> scopes) implements Principal {
        public LedgerKey {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public Actor actor() {
            return new Actor(Actor.Kind.API_KEY, credentialId.toString());
        }
    }

    /** A merchant, signed in with a code by mail. All they ask for is looked up in the tenant {@code partnerId}. */
    record Merchant(UUID partnerId, UUID merchantId, String name) implements Principal {
        @Override
        public Actor actor() {
            return new Actor(Actor.Kind.MERCHANT, merchantId.toString());
        }

        /** Without the name: this is what logs would show. */
        @Override
        public String toString() {
            return "Merchant[" + merchantId + "]";
        }
    }

    /** Who looks after an owner's webhook endpoints, signed in with a code by mail. {@code owner} is kind and id. */
    record PortalOwner(String owner, UUID contactId) implements Principal {
        @Override
        public Actor actor() {
            return new Actor(Actor.Kind.CONTACT, contactId.toString());
        }
    }

    /** A scheduler outside that knows {@code CRON_SECRET}. */
    record Cron() implements Principal {
        @Override
        public Actor actor() {
            return Actor.system("cron");
        }
    }

    /** Nobody in particular: customers on a pay page, whoever follows an invitation. */
    record Public() implements Principal {
        @Override
        public Actor actor() {
            return new Actor(Actor.Kind.CUSTOMER, "public");
        }
    }
}
