package io.bursar.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to addresses that were vetted before and to no others: it cannot look names up, follows no redirect, uses no
 * proxy, keeps no cookie, and cuts every attempt short when its time is over, however slowly a receiver drips. The
 * host's name still goes into TLS (SNI, certificate) and the Host header.
 */
final class WebhookClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookClient.class);
    static final Duration ATTEMPT_MAX = Duration.ofSeconds(15);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration CONNECTION_AGE_MAX = Duration.ofSeconds(60);
    private static final Duration CONNECTION_TRUSTED_IDLE = Duration.ofMillis(100);
    private static final int STALE_MAX = 4;
    private static final int BODY_BYTES_MAX = 16 * 1024;
    private static final int EXCERPT_LENGTH_MAX = 300;
    private static final Http1Config HEAD_BOUNDS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(100)
            .setMaxEmptyLineCount(10)
            .build();
    private static final DnsResolver NO_LOOKUPS = new DnsResolver() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("names are looked up by the guard alone");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    private final Clock clock;
    private final Duration attemptMax;
    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor alarms = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

    WebhookClient(Clock clock, Duration attemptMax, int connectionsMax) {
        this.clock = clock;
        this.attemptMax = attemptMax;
        this.http = client(attemptMax, connectionsMax);
        alarms.setRemoveOnCancelPolicy(true);
    }

    Reply post(Target.Origin target, List<InetAddress> addresses, Map<String, String> headers, byte[] body) {
        long deadline = System.nanoTime() + attemptMax.toNanos();
        Reply reply = Reply.of(Finding.Kind.CONNECT);
        for (InetAddress address : addresses) {
            HttpHost host = new HttpHost(target.secure() ? "https" : "http", address, target.host(), target.port());
            Try result = once(host, target, headers, body, deadline);
            for (int again = 0; again < STALE_MAX && result.stale(); again++) {
                result = once(host, target, headers, body, deadline);
            }
            if (!result.neverConnected()) {
                return result.reply();
            }
            reply = result.reply();
        }
        return reply;
    }

    /** @param stale whether the connection had been used before and was found closed: that says nothing of a new one */
    private record Try(Reply reply, boolean neverConnected, boolean stale) {}

    private Try once(HttpHost host, Target.Origin target, Map<String, String> headers, byte[] body, long deadline) {
        HttpPost request = new HttpPost(target.uri());
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        HttpClientContext context = HttpClientContext.create();
        long left = deadline - System.nanoTime();
        ScheduledFuture<?> alarm = alarms.schedule(request::cancel, left, TimeUnit.NANOSECONDS);
        try {
            ClassicHttpResponse response = http.executeOpen(host, request, context);
            try {
                return new Try(read(response, request), false, false);
            } finally {
                leave(response);
            }
        } catch (IOException failed) {
            if (System.nanoTime() >= deadline) {
                return new Try(Reply.of(Finding.Kind.TIMEOUT), false, false);
            }
            return new Try(Reply.of(kind(failed)), neverConnected(failed), stale(failed, context));
        } finally {
            alarm.cancel(false);
        }
    }

    /** Its answer has been read; how the connection ends changes nothing. */
    private static void leave(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException ended) {
            LOG.trace("A receiver's connection ended in its answer.", ended);
        }
    }

    private static boolean stale(IOException failed, HttpClientContext context) {
        EndpointDetails connection = context.getEndpointDetails();
        return connection != null
                && connection.getResponseCount() > 0
                && (failed instanceof NoHttpResponseException || failed instanceof SocketException);
    }

    @Override
    public void close() {
        alarms.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    private Reply read(ClassicHttpResponse response, HttpPost request) {
        Finding finding = Finding.ofStatus(response.getCode());
        Header retryAfter = response.getFirstHeader("Retry-After");
        Duration wished = retryAfter == null || !(finding.status() == 429 || finding.status() >= 500)
                ? null
                : RetryAfter.parse(retryAfter.getValue(), clock.instant()).orElse(null);
        return new Reply(finding, excerpt(response.getEntity(), request), wished);
    }

    /** The status has already decided; a body that breaks or never ends is left where it is. */
    private static String excerpt(@Nullable HttpEntity entity, HttpPost request) {
        if (entity == null) {
            return "";
        }
        try (InputStream content = entity.getContent()) {
            byte[] start = content.readNBytes(BODY_BYTES_MAX);
            if (content.read() >= 0) {
                request.cancel();
            }
            return sanitized(new String(start, StandardCharsets.UTF_8));
        } catch (IOException broken) {
            return "";
        }
    }

    static String sanitized(String text) {
        String plain = text.replaceAll("[^\\x21-\\x7e]+", " ").strip();
        return plain.length() <= EXCERPT_LENGTH_MAX ? plain : plain.substring(0, EXCERPT_LENGTH_MAX);
    }

    private static boolean neverConnected(IOException failed) {
        return failed instanceof HttpHostConnectException
                || failed instanceof ConnectTimeoutException
                || failed instanceof NoRouteToHostException;
    }

    private static Finding.Kind kind(IOException failed) {
        return switch (failed) {
            case SocketTimeoutException slow -> Finding.Kind.TIMEOUT;
            case SSLException untrusted -> Finding.Kind.TLS;
            case MessageConstraintException tooLarge -> Finding.Kind.ODD;
            case IOException other when other.getCause() instanceof HttpException -> Finding.Kind.ODD;
            default -> Finding.Kind.CONNECT;
        };
    }

    private static CloseableHttpClient client(Duration attemptMax, int connectionsMax) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(NO_LOOKUPS)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEAD_BOUNDS)
                        .build())
                .setMaxConnTotal(connectionsMax)
                .setMaxConnPerRoute(connectionsMax)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_MAX.compareTo(attemptMax) < 0 ? CONNECT_MAX : attemptMax))
                        .setSocketTimeout(Timeout.of(attemptMax))
                        .setTimeToLive(TimeValue.of(CONNECTION_AGE_MAX))
                        .setValidateAfterInactivity(TimeValue.of(CONNECTION_TRUSTED_IDLE))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(attemptMax))
                        .setResponseTimeout(Timeout.of(attemptMax))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("Bursar-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
