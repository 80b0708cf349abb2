package io.bursar.errorlog;

import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Tells Sentry of errors, when {@code SENTRY_DSN} is set: code, shape, subject, route and request id, and of a bug its
 * stack trace. Messages stay here, ours and those of exceptions, since they may name people or repeat what a provider
 * was asked with; so does everything the library would gather by itself. It sends from a thread of its own and drops
 * what is too much.
 */
@Component
class SentryReports implements ErrorListener, DisposableBean {
    private static final long STOP_MILLIS_MAX = 2_000;

    private final boolean on;

    SentryReports(ErrorLogSettings settings) {
        on = settings.sentry().isPresent();
        settings.sentry().ifPresent(sentry -> Sentry.init(options -> configure(options, sentry)));
    }

    @Override
    public void recorded(ErrorEntry entry, Shape shape, @Nullable Throwable bug) {
        if (!on) {
            return;
        }
        SentryEvent event = new SentryEvent(date(entry.at()));
        event.setLevel(SentryLevel.ERROR);
        event.setLogger("bursar");
        Message message = new Message();
        message.setFormatted(entry.code() + ": " + shape.text());
        event.setMessage(message);
        event.setFingerprints(List.of(shape.fingerprint(entry.code())));
        event.setTag("code", entry.code());
        tag(event, "subject", entry.subject());
        tag(event, "route", entry.route());
        tag(event, "request_id", entry.requestId());
        event.setTransaction(entry.route());
        if (bug != null) {
            event.setThrowable(bug);
        }
        Sentry.captureEvent(event);
    }

    @Override
    public void destroy() {
        if (on) {
            Sentry.flush(STOP_MILLIS_MAX);
            Sentry.close();
        }
    }

    private static void configure(SentryOptions options, ErrorLogSettings.Sentry sentry) {
        options.setDsn(sentry.dsn());
        options.setEnvironment(sentry.environment());
        Optional.ofNullable(SentryReports.class.getPackage().getImplementationVersion())
                .ifPresent(version -> options.setRelease("bursar@" + version));
        options.addInAppInclude("io.bursar");
        options.setShutdownTimeoutMillis(STOP_MILLIS_MAX);
        options.setEnableUncaughtExceptionHandler(false);
        options.setEnableShutdownHook(false);
        options.setEnableExternalConfiguration(false);
        options.setEnableDeduplication(false);
        options.setSendModules(false);
        options.setSendClientReports(false);
        options.setAttachServerName(false);
        options.setMaxBreadcrumbs(0);
        options.setBeforeSend((event, hint) -> withoutMessages(event));
    }

    private static SentryEvent withoutMessages(SentryEvent event) {
        List<SentryException> exceptions = event.getExceptions();
        if (exceptions != null) {
            exceptions.forEach(exception -> exception.setValue(null));
        }
        event.setUser(null);
        event.setServerName(null);
        return event;
    }

    private static void tag(SentryEvent event, String name, @Nullable String value) {
        if (value != null) {
            event.setTag(name, value);
        }
    }

    @SuppressWarnings("JavaUtilDate") // what the library takes
    private static Date date(Instant instant) {
        return Date.from(instant);
    }
}
