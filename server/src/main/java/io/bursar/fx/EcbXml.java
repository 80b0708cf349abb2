package io.bursar.fx;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ECB's {@code eurofxref} format. The document is a stranger's: one with a DTD is refused whole, so that no
 * entity is ever expanded or fetched, and only a bounded number of short values is taken from it.
 */
final class EcbXml {
    private static final int CURRENCIES_MAX = 200;
    private static final int VALUE_LENGTH_MAX = 40;

    private EcbXml() {}

    /** Empty when it is not such a document. Of several days the first, which is the newest, is taken. */
    static Optional<RateSource.Feed> parse(byte[] document) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(document));
            try {
                return read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | DateTimeParseException notTheFormat) {
            return Optional.empty();
        }
    }

    private static Optional<RateSource.Feed> read(XMLStreamReader reader) throws XMLStreamException {
        LocalDate asOf = null;
        Map<String, String> rates = new LinkedHashMap<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                return Optional.empty();
            }
            if (event != XMLStreamConstants.START_ELEMENT
                    || !reader.getLocalName().equals("Cube")) {
                continue;
            }
            String time = attribute(reader, "time");
            if (time != null) {
                if (asOf != null) {
                    break;
                }
                asOf = LocalDate.parse(time);
            }
            String currency = attribute(reader, "currency");
            String rate = attribute(reader, "rate");
            if (currency != null && rate != null && rates.size() < CURRENCIES_MAX) {
                rates.putIfAbsent(currency, rate);
            }
        }
        return asOf == null || rates.isEmpty() ? Optional.empty() : Optional.of(new RateSource.Feed(asOf, rates));
    }

    private static @Nullable String attribute(XMLStreamReader reader, String name) {
        String value = reader.getAttributeValue(null, name);
        return value == null || value.length() > VALUE_LENGTH_MAX ? null : value;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
