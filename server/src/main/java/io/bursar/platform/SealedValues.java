package io.bursar.platform;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All that is sealed under {@code ENCRYPTION_KEY}, and its way to a new one. A batch is one transaction, and every
 * value says which key it is under, so a kill at any moment leaves nothing that does not open.
 */
@Component
public class SealedValues {
    private static final int ROWS_PER_BATCH = 100;

    private final List<SealedColumn> places;
    private final SealedStore store;
    private final Secrets secrets;
    private final TransactionTemplate transaction;

    SealedValues(
            ObjectProvider<SealedColumn> places, SealedStore store, Secrets secrets, TransactionTemplate transaction) {
        this.places = places.stream()
                .sorted(Comparator.comparing(SealedColumn::table).thenComparing(SealedColumn::column))
                .toList();
        this.store = store;
        this.secrets = secrets;
        this.transaction = transaction;
    }

    /** How many values of one place are under which key. Those under neither cannot be opened. */
    public record Standing(SealedColumn place, long present, long previous, long neither) {}

    /** What came of sealing anew; {@code unreadable} ones are as they were. */
    public record Resealed(int values, int unreadable) {}

    private record Batch(Resealed done, String last, int rows) {}

    public String presentKey() {
        return HexFormat.of().formatHex(secrets.presentKeyId());
    }

    /** The key that is being replaced, if one is. */
    public Optional<String> previousKey() {
        return secrets.previousKeyId().map(HexFormat.of()::formatHex);
    }

    public List<Standing> standings() {
        return places.stream().map(this::standing).toList();
    }

    /** Seals whatever is under the previous key anew; at most so many batches, so that a run ends. */
    public Resealed reseal(int batchesMax) {
        int values = 0;
        int unreadable = 0;
        int left = batchesMax;
        for (SealedColumn place : places) {
            String last = "";
            int rows = ROWS_PER_BATCH;
            while (rows == ROWS_PER_BATCH && left > 0) {
                Batch batch = batch(place, last);
                values += batch.done().values();
                unreadable += batch.done().unreadable();
                last = batch.last();
                rows = batch.rows();
                left--;
            }
        }
        return new Resealed(values, unreadable);
    }

    private Batch batch(SealedColumn place, String after) {
        Optional<byte[]> previous = secrets.previousKeyId();
        if (previous.isEmpty()) {
            return new Batch(new Resealed(0, 0), after, 0);
        }
        return transaction.execute(_ -> {
            List<SealedStore.Row> rows = store.lock(place, previous.get(), after, ROWS_PER_BATCH);
            int unreadable = 0;
            for (SealedStore.Row row : rows) {
                Optional<byte[]> fresh = anew(place, row);
                fresh.ifPresent(anew -> store.replace(place, row, anew));
                unreadable += fresh.isPresent() ? 0 : 1;
            }
            String last = rows.isEmpty() ? after : rows.getLast().order();
            return new Batch(new Resealed(rows.size() - unreadable, unreadable), last, rows.size());
        });
    }

    /** Empty when it does not open, which is no reason to stop: what does open shall be safe under the new key. */
    private Optional<byte[]> anew(SealedColumn place, SealedStore.Row row) {
        String context = place.context(row.key());
        try {
            return Optional.of(secrets.seal(context, secrets.open(context, row.sealed())));
        } catch (IllegalStateException damaged) {
            return Optional.empty();
        }
    }

    private Standing standing(SealedColumn place) {
        Map<String, Long> counts = store.counts(place);
        long present = counts.getOrDefault(presentKey(), 0L);
        long previous = previousKey().map(key -> counts.getOrDefault(key, 0L)).orElse(0L);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return new Standing(place, present, previous, all - present - previous);
    }
}
