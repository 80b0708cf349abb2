package io.bursar.stablecoin;

import io.bursar.errorlog.ErrorLog;
import io.bursar.platform.Gatekeeper;
import io.bursar.platform.Job;
import io.bursar.platform.WorldFailedException;
import io.bursar.stablecoin.evm.BlockHash;
import io.bursar.stablecoin.evm.BlockHeader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Watches every enabled chain, and says when one cannot be watched. */
@Component
class Watcher implements Job {
    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

    private final Chains chains;
    private final CursorStore cursors;
    private final Pass pass;
    private final Gatekeeper gates;
    private final ErrorLog errors;

    Watcher(Chains chains, CursorStore cursors, Pass pass, Gatekeeper gates, ErrorLog errors) {
        this.chains = chains;
        this.cursors = cursors;
        this.pass = pass;
        this.gates = gates;
        this.errors = errors;
    }

    @Override
    public String name() {
        return "watch-chains";
    }

    @Override
    public String purpose() {
        return "Finds payments on the chains, credits them once they are sure enough, and takes back what reorgs undo.";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    /** Chains are watched beside each other: one whose endpoints are slow shall not keep the others waiting. */
    @Override
    public void run() {
        if (!gates.isOpen(PaymentGates.VERIFICATION)) {
            return;
        }
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            chains.watches().stream().filter(ChainWatch::isDue).forEach(watch -> each.execute(() -> attempt(watch)));
        }
    }

    private void attempt(ChainWatch watch) {
        try {
            look(watch);
            if (watch.succeeded()) {
                LOG.info("{} is watched again", watch.chain().name());
            }
        } catch (WorldFailedException unreachable) {
            // Told once when it begins, not with every try: the status says that it lasts.
            if (watch.failed(unreachable)) {
                report(watch, unreachable.code(), String.valueOf(unreachable.getMessage()));
            }
        } catch (RuntimeException bug) {
            LOG.error("{} could not be watched", watch.chain().name(), bug);
            report(watch, "chain_watch_failed", bug.getClass().getSimpleName());
        }
    }

    private void look(ChainWatch watch) {
        watch.tokens().ask();
        if (isRefused(watch) || !watch.tokens().anyReady()) {
            return;
        }
        watch.saw(pass.over(watch.reader(), watch.addresses()));
    }

    /** Says so once for each reason. */
    private boolean isRefused(ChainWatch watch) {
        Optional<String> why = watch.tokens().difference().or(() -> anotherGenesis(watch));
        if (watch.refuse(why.orElse(null))) {
            report(watch, "chain_refused", why.orElseThrow());
        }
        return why.isPresent();
    }

    private Optional<String> anotherGenesis(ChainWatch watch) {
        Optional<BlockHash> expected = watch.genesisChecked()
                ? Optional.empty()
                : cursors.genesis(watch.chain().id());
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> difference = watch.reader()
                .block(0)
                .map(BlockHeader::hash)
                .filter(hash -> !hash.equals(expected.get()))
                .map(hash -> "its first block is %s (expected: %s)".formatted(hash, expected.get()));
        if (difference.isEmpty()) {
            watch.genesisIsRight();
        }
        return difference;
    }

    private void report(ChainWatch watch, String code, String message) {
        LOG.warn("{}: {}", code, message);
        errors.record(code, message, "chain/" + watch.chain().id());
    }
}
