package io.bursar.identity;

import io.bursar.audit.Audit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in by mail, for the pages of a {@link Portal}. Answers and times are the same for addresses that somebody has
 * and those that nobody has.
 */
@Component
public class PortalSignIn {
    private static final int EMAIL_LENGTH_MAX = 254;
    private static final int CODE_LENGTH_MAX = 40;

    private final Portals portals;
    private final EmailCodes codes;
    private final Devices devices;
    private final LoginLocks locks;
    private final Sessions sessions;
    private final Cookies cookies;
    private final ClientAddress addresses;
    private final RateLimits limits;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final int perMinute;

    PortalSignIn(
            Portals portals,
            EmailCodes codes,
            Devices devices,
            LoginLocks locks,
            Sessions sessions,
            Cookies cookies,
            ClientAddress addresses,
            RateLimits limits,
            Audit audit,
            TransactionTemplate transaction,
            IdentitySettings settings) {
        this.portals = portals;
        this.codes = codes;
        this.devices = devices;
        this.locks = locks;
        this.sessions = sessions;
        this.cookies = cookies;
        this.addresses = addresses;
        this.limits = limits;
        this.audit = audit;
        this.transaction = transaction;
        this.perMinute = settings.mode().signInsPerMinute();
    }

    public sealed interface Answer {
        record SignedIn() implements Answer {}

        /** Unknown address, wrong code, old code and another browser look the same. */
        record Refused() implements Answer {}

        record Locked(Instant until) implements Answer {}
    }

    /** Somebody wants a code. Whether one is on its way is not said. */
    public void ask(
            String portal, UUID tenant, String email, HttpServletRequest request, HttpServletResponse response) {
        limits.take("email-code", addresses.of(request), perMinute);
        if (email.length() <= EMAIL_LENGTH_MAX) {
            codes.ask(portal, tenant, email, whose(portal, tenant, email, request, response));
        }
    }

    /** Somebody types one; signed in, the answer carries the session's cookie. */
    public Answer enter(
            String portal,
            UUID tenant,
            String email,
            String code,
            HttpServletRequest request,
            HttpServletResponse response) {
        String address = addresses.of(request);
        limits.take("email-code-entry", address, perMinute);
        if (email.length() > EMAIL_LENGTH_MAX || code.length() > CODE_LENGTH_MAX) {
            return new Answer.Refused();
        }
        LoginLocks.Lock whose = whose(portal, tenant, email, request, response);
        boolean known = devices.knownAtPortal(whose);
        LoginLocks.Lock lock = known ? whose : locks.at(whose, address);
        Optional<Instant> locked = locks.refusal(lock);
        if (locked.isPresent()) {
            return new Answer.Locked(locked.get());
        }
        if (codes.use(code, whose)) {
            Portal of = portals.named(portal);
            Optional<UUID> holder = of.byEmail(tenant, email).map(Portal.Holder::id);
            Optional<Principal> caller = holder.flatMap(of::caller);
            if (caller.isPresent()) {
                begin(portal, holder.orElseThrow(), caller.get(), whose, lock, request, response);
                return new Answer.SignedIn();
            }
        }
        Optional<Instant> until = locks.failed(lock);
        return until.isPresent() ? new Answer.Locked(until.get()) : new Answer.Refused();
    }

    private void begin(
            String portal,
            UUID holder,
            Principal caller,
            LoginLocks.Lock whose,
            LoginLocks.Lock lock,
            HttpServletRequest request,
            HttpServletResponse response) {
        String token = transaction.execute(status -> {
            locks.forgive(lock);
            devices.rememberAtPortal(whose);
            audit.record(caller.actor(), portal + ".signed_in", caller.actor().text(), Map.of(), Map.of(), null);
            return sessions.begin(portal, holder);
        });
        cookies.session(request).ifPresent(sessions::end);
        cookies.setSession(response, token, Sessions.PORTAL_LIFE);
    }

    private LoginLocks.Lock whose(
            String portal, UUID tenant, String email, HttpServletRequest request, HttpServletResponse response) {
        return codes.whose(portal, tenant, email, cookies.deviceOrNew(request, response));
    }
}
