package io.bursar.identity;

import io.bursar.audit.Audit;
import io.bursar.platform.PublicUrl;
import io.bursar.platform.QrPath;
import io.bursar.platform.Secrets;
import io.bursar.shared.Actor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What operators hold: an authenticator app, and ten recovery codes for the day it is lost. A code of the app counts
 * once and a recovery code too. Who guesses is slowed down by whoever asks for the code, not here.
 */
@Component
public class SecondFactors {
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_CODE_BYTES = 10;
    private static final int RECOVERY_CODE_GROUP = 4;
    private static final int CODE_LENGTH_MAX = 40;

    private final SecondFactorStore store;
    private final SessionStore sessions;
    private final Secrets secrets;
    private final PublicUrl publicUrl;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SecondFactors(
            SecondFactorStore store,
            SessionStore sessions,
            Secrets secrets,
            PublicUrl publicUrl,
            Audit audit,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.secrets = secrets;
        this.publicUrl = publicUrl;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Makes a secret that counts once it is confirmed. Empty when the operator has a second factor already. */
    public Optional<Enrolment> begin(Principal.Operator operator) {
        byte[] secret = secrets.randomBytes(Totp.SECRET_BYTES);
        UUID id = operator.operatorId();
        return store.begin(id, secrets.seal(context(id), secret), clock.instant())
                ? Optional.of(enrolment(operator, secret))
                : Optional.empty();
    }

    /** The same again, for a page that has to be drawn once more. */
    public Optional<Enrolment> begun(Principal.Operator operator) {
        return secret(operator.operatorId(), false).map(secret -> enrolment(operator, secret));
    }

    /**
     * Confirms by the app's first code and answers the recovery codes, which are shown this once. Ends the operator's
     * other sessions, which a password alone began.
     */
    public Optional<List<String>> confirm(Principal.Operator operator, String code) {
        UUID id = operator.operatorId();
        OptionalLong step = secret(id, false)
                .map(secret -> Totp.matched(secret, digits(code), clock.instant()))
                .orElse(OptionalLong.empty());
        if (step.isEmpty()) {
            return Optional.empty();
        }
        return transaction.execute(status -> {
            if (!store.confirm(id, clock.instant()) || !store.use(id, step.getAsLong())) {
                status.setRollbackOnly();
                return Optional.empty();
            }
            sessions.deleteOthersOf(id, Callers.session());
            record(operator.actor(), "operator.second_factor_added", id, null);
            return Optional.of(freshRecoveryCodes(id));
        });
    }

    /** Ten new ones; those before stop counting. */
    public List<String> replaceRecoveryCodes(Principal.Operator operator) {
        return transaction.execute(status -> {
            UUID id = operator.operatorId();
            if (store.secret(id, true).isEmpty()) {
                return List.of();
            }
            record(operator.actor(), "operator.recovery_codes_replaced", id, null);
            return freshRecoveryCodes(id);
        });
    }

    /** Takes an operator's second factor away, for whoever lost it. Ends their sessions. */
    public SecondFactorReset reset(UUID operator, Actor by, String reason) {
        if (by.equals(new Actor(Actor.Kind.OPERATOR, operator.toString()))) {
            return SecondFactorReset.ONESELF;
        }
        return transaction.execute(status -> {
            if (!store.remove(operator)) {
                return SecondFactorReset.NONE;
            }
            sessions.deleteOf(operator);
            record(by, "operator.second_factor_reset", operator, reason);
            return SecondFactorReset.DONE;
        });
    }

    public boolean has(UUID operator) {
        return store.secret(operator, true).isPresent();
    }

    /** Who has one, of all operators. */
    public Set<UUID> holders() {
        return store.confirmed();
    }

    public int recoveryCodesLeft(UUID operator) {
        return store.recoveryCodesLeft(operator);
    }

    /** Takes a code of the app or a recovery code. True once for each. */
    boolean use(UUID operator, String code) {
        if (code.length() > CODE_LENGTH_MAX) {
            return false;
        }
        OptionalLong step = secret(operator, true)
                .map(secret -> Totp.matched(secret, digits(code), clock.instant()))
                .orElse(OptionalLong.empty());
        return step.isPresent()
                ? store.use(operator, step.getAsLong())
                : store.useRecoveryCode(operator, digest(operator, code), clock.instant());
    }

    private List<String> freshRecoveryCodes(UUID operator) {
        List<String> codes = new ArrayList<>();
        for (int made = 0; made < RECOVERY_CODES; made++) {
            String letters =
                    Base32.encode(secrets.randomBytes(RECOVERY_CODE_BYTES)).toLowerCase(Locale.ROOT);
            codes.add(letters.replaceAll("(.{" + RECOVERY_CODE_GROUP + "})(?=.)", "$1-"));
        }
        store.replaceRecoveryCodes(
                operator, codes.stream().map(code -> digest(operator, code)).toList());
        return codes;
    }

    private Enrolment enrolment(Principal.Operator operator, byte[] secret) {
        String issuer = "Bursar " + publicUrl.host();
        String uri = "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=30"
                .formatted(
                        encoded(issuer), encoded(operator.name()), Base32.encode(secret), encoded(issuer), Totp.DIGITS);
        return new Enrolment(QrPath.of(uri), Base32.encode(secret).replaceAll("(.{4})(?=.)", "$1 "));
    }

    private Optional<byte[]> secret(UUID operator, boolean confirmed) {
        return store.secret(operator, confirmed).map(bytes -> secrets.open(context(operator), bytes));
    }

    private void record(Actor by, String action, UUID operator, @Nullable String reason) {
        audit.record(by, action, "operator/" + operator, Map.of(), Map.of(), reason);
    }

    private byte[] digest(UUID operator, String code) {
        String letters = code.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        return secrets.digest("recovery-code", operator + "/" + letters);
    }

    /** Apps show codes in groups, and people type them so. */
    private static String digits(String code) {
        return code.replaceAll("\\s", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String context(UUID operator) {
        return IdentityConfiguration.TOTP.context(operator);
    }
}
