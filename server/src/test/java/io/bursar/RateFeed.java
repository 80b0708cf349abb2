package io.bursar;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Exchange rates for tests, on loopback, in the ECB's format; the same for all and as long as the JVM lives. */
final class RateFeed {
    private static final HttpServer SERVER = serve();

    private RateFeed() {}

    static String url() {
        return "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/daily.xml";
    }

    private static HttpServer serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/daily.xml", exchange -> {
                byte[] body = rates().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private static String rates() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
                    xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
                <Cube><Cube time="%s">
                <Cube currency="USD" rate="1.0864"/><Cube currency="JPY" rate="162.5"/></Cube></Cube>
                </gesmes:Envelope>
                """.formatted(lastWorkingDay());
    }

    private static LocalDate lastWorkingDay() {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
            day = day.minusDays(1);
        }
        return day;
    }
}
