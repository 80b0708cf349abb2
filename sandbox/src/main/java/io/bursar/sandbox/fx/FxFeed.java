package io.bursar.sandbox.fx;

import io.bursar.sandbox.http.BadRequestException;
import io.bursar.sandbox.http.Loopback;
import io.bursar.sandbox.http.Request;
import io.bursar.sandbox.http.Response;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The ECB's daily reference rates, in the ECB's own format, at {@code /stats/eurofxref/eurofxref-daily.xml}. */
public final class FxFeed implements AutoCloseable {
    public static final String PATH = "/stats/eurofxref/eurofxref-daily.xml";

    private static final long HANG_SECONDS_MAX = 60;
    private static final int STALE_DAYS = 21;
    private static final BigDecimal JUMP = BigDecimal.valueOf(3);
    private static final Map<String, BigDecimal> UNITS_PER_EURO = unitsPerEuro();

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Loopback http;
    private volatile FxFault fault = FxFault.NONE;

    private FxFeed(int port, Clock clock) {
        this.clock = clock;
        this.http = Loopback.start(port, this::handle);
    }

    /** Port 0 takes any free one. */
    public static FxFeed start(int port, Clock clock) {
        return new FxFeed(port, clock);
    }

    /** The whole address of the daily file. */
    public String feedUrl() {
        return http.url() + PATH;
    }

    public String url() {
        return http.url();
    }

    /** Over HTTP: {@code POST /sandbox/faults {"fault":"jump"}}. */
    public void fail(FxFault fault) {
        lock.lock();
        try {
            this.fault = fault;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private Response handle(Request request) {
        return switch (request.path()) {
            case PATH -> daily();
            case "/" -> Response.seeOther(PATH);
            case "/sandbox/faults" -> {
                if (request.method().equals("POST")) {
                    fail(parse(request.json().path("fault").asString("none")));
                }
                yield Response.json(Map.of("fault", fault.name().toLowerCase(Locale.ROOT)));
            }
            default -> Response.notFound();
        };
    }

    private Response daily() {
        var date = TargetDays.published(clock.instant());
        return switch (fault) {
            case NONE -> rates(date, BigDecimal.ONE);
            case HTTP_500 -> Response.text(500, "internal server error");
            case GARBAGE -> Response.xml("<html><body>Scheduled maintenance & more<br></body>");
            case ZERO_RATE -> rates(date, BigDecimal.ZERO);
            case NEGATIVE_RATE -> rates(date, BigDecimal.ONE.negate());
            case STALE_DATE -> rates(TargetDays.lastOnOrBefore(date.minusDays(STALE_DAYS)), BigDecimal.ONE);
            case JUMP -> rates(date, JUMP);
            case TIMEOUT -> {
                hang();
                yield Response.text(504, "gateway timeout");
            }
        };
    }

    private void hang() {
        lock.lock();
        try {
            long nanos = TimeUnit.SECONDS.toNanos(HANG_SECONDS_MAX);
            while (nanos > 0 && fault == FxFault.TIMEOUT) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static Response rates(LocalDate date, BigDecimal factor) {
        var cubes = new StringBuilder();
        UNITS_PER_EURO.forEach((currency, rate) -> cubes.append("\t\t\t<Cube currency='")
                .append(currency)
                .append("' rate='")
                .append(rate.multiply(drift(currency, date))
                        .multiply(factor)
                        .setScale(rate.scale(), RoundingMode.HALF_EVEN))
                .append("'/>\n"));
        return Response.xml("""
                <?xml version="1.0" encoding="UTF-8"?>
                <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" \
                xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
                \t<gesmes:subject>Reference rates</gesmes:subject>
                \t<gesmes:Sender>
                \t\t<gesmes:name>European Central Bank</gesmes:name>
                \t</gesmes:Sender>
                \t<Cube>
                \t\t<Cube time='%s'>
                %s\t\t</Cube>
                \t</Cube>
                </gesmes:Envelope>
                """.formatted(date, cubes));
    }

    /** Up to four tenths of a percent either way, the same for the same day: believable, and repeatable. */
    private static BigDecimal drift(String currency, LocalDate date) {
        long step = Math.floorMod(currency.hashCode() * 31L + date.toEpochDay() * 7919L, 81L) - 40;
        return BigDecimal.ONE.add(BigDecimal.valueOf(step, 4));
    }

    private static FxFault parse(String name) {
        try {
            return FxFault.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new BadRequestException("fault: " + name + " (expected: one of the feed's faults)", unknown);
        }
    }

    private static Map<String, BigDecimal> unitsPerEuro() {
        var rates = new LinkedHashMap<String, BigDecimal>();
        var table = """
                USD 1.0876 JPY 163.45 CZK 25.121 DKK 7.4583 GBP 0.85210 HUF 393.15 PLN 4.2735 RON 4.9757 SEK 11.2340
                CHF 0.95430 ISK 149.50 NOK 11.6150 TRY 35.2461 AUD 1.6543 BRL 5.4321 CAD 1.4789 CNY 7.8254 HKD 8.4972
                IDR 17056.25 ILS 4.0125 INR 90.6575 KRW 1448.93 MXN 18.2145 MYR 5.1234 NZD 1.7856 PHP 61.234
                SGD 1.4567 THB 38.925 ZAR 20.4512
                """;
        var words = table.strip().split("\\s+", -1);
        for (int i = 0; i < words.length; i += 2) {
            rates.put(words[i], new BigDecimal(words[i + 1]));
        }
        return rates;
    }
}
