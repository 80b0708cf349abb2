package io.bursar.sandbox.fx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.sandbox.TestClock;
import io.bursar.sandbox.Web;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

class FxFeedTest {
    private static final String NAMESPACE = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";

    private final TestClock clock = TestClock.at("2026-03-04T16:00:00Z");
    private FxFeed feed;

    @BeforeEach
    void start() {
        feed = FxFeed.start(0, clock);
    }

    @AfterEach
    void stop() {
        feed.close();
    }

    @Test
    void the_feed_is_the_ecbs_envelope_with_29_currencies_beside_the_euro() {
        var rates = rates();
        assertThat(rates).hasSize(29).containsKeys("USD", "JPY", "THB", "ISK", "IDR");
        assertThat(dollars()).isBetween(new BigDecimal("1.05"), new BigDecimal("1.12"));
        assertThat(rates).isEqualTo(rates());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-04T14:59:59Z, 2026-03-03",
        "2026-03-04T15:00:00Z, 2026-03-04",
        "2026-03-07T18:00:00Z, 2026-03-06",
        "2026-03-09T09:00:00Z, 2026-03-06",
        "2026-04-06T18:00:00Z, 2026-04-02",
        "2026-04-07T10:00:00Z, 2026-04-02",
        "2026-05-01T18:00:00Z, 2026-04-30",
        "2026-12-26T18:00:00Z, 2026-12-24",
        "2027-01-01T18:00:00Z, 2026-12-31"
    })
    void rates_carry_the_last_working_day_of_frankfurt(String now, String date) {
        clock.set(now);
        assertThat(date()).isEqualTo(date);
    }

    @Test
    void every_fault_shows_on_the_wire() {
        var honest = dollars();
        fault("jump");
        assertThat(dollars()).isGreaterThan(honest.multiply(BigDecimal.TWO));
        fault("zero_rate");
        assertThat(dollars()).isZero();
        fault("negative_rate");
        assertThat(dollars()).isNegative();
        fault("stale_date");
        assertThat(date()).isEqualTo("2026-02-11");
        fault("http_500");
        assertThat(Web.get(feed.feedUrl()).statusCode()).isEqualTo(500);
        fault("garbage");
        assertThat(Web.get(feed.feedUrl()).body()).doesNotContain("Cube");
        fault("none");
        assertThat(dollars()).isEqualTo(honest);
    }

    private BigDecimal dollars() {
        return requireNonNull(rates().get("USD"));
    }

    private void fault(String name) {
        assertThat(Web.post(feed.url() + "/sandbox/faults", "{\"fault\":\"" + name + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private String date() {
        var cubes = document().getElementsByTagNameNS(NAMESPACE, "Cube");
        return ((Element) cubes.item(1)).getAttribute("time");
    }

    private Map<String, BigDecimal> rates() {
        var cubes = document().getElementsByTagNameNS(NAMESPACE, "Cube");
        var rates = new HashMap<String, BigDecimal>();
        for (int i = 2; i < cubes.getLength(); i++) {
            var cube = (Element) cubes.item(i);
            rates.put(cube.getAttribute("currency"), new BigDecimal(cube.getAttribute("rate")));
        }
        return rates;
    }

    private Document document() {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            var xml = Web.get(feed.feedUrl()).body().getBytes(StandardCharsets.UTF_8);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | SAXException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
