package io.bursar.sandbox;

import io.bursar.sandbox.evm.EvmNode;
import io.bursar.sandbox.evm.EvmNodeConfig;
import io.bursar.sandbox.fx.FxFeed;
import io.bursar.sandbox.mail.Mailbox;
import io.bursar.sandbox.webhook.WebhookReceiver;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outside world of the demo. Each stand-in keeps its address across starts, because the data remember it. */
record StandIns(@Nullable EvmNode node, Mailbox mailbox, WebhookReceiver receiver, FxFeed fx) implements AutoCloseable {

    /** Without a stand-in node when the demo points at somebody else's. */
    static StandIns start(DemoHome home, long chainId, boolean ownNode, Optional<DemoFile> previous, Clock clock) {
        var earlier = previous.map(DemoFile::sandbox);
        int evmPort = earlier.map(sandbox -> port(sandbox.evmRpcUrl())).orElse(0);
        var node = ownNode ? EvmNode.start(new EvmNodeConfig(chainId, home.chain(chainId), evmPort, clock)) : null;
        return new StandIns(
                node,
                Mailbox.start(
                        earlier.map(DemoFile.Sandbox::smtpPort).orElse(0),
                        earlier.map(sandbox -> port(sandbox.mailUrl())).orElse(0),
                        clock),
                WebhookReceiver.start(
                        earlier.map(sandbox -> port(sandbox.webhookReceiverUrl()))
                                .orElse(0),
                        clock),
                FxFeed.start(earlier.map(sandbox -> port(sandbox.fxUrl())).orElse(0), clock));
    }

    DemoFile.Sandbox addresses(String evmRpcUrl) {
        return new DemoFile.Sandbox(evmRpcUrl, mailbox.url(), receiver.url(), fx.url(), mailbox.smtpPort());
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
        mailbox.close();
        receiver.close();
        fx.close();
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }
}
