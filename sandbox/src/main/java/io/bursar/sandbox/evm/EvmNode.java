package io.bursar.sandbox.evm;

import io.bursar.sandbox.http.BadRequestException;
import io.bursar.sandbox.http.Loopback;
import io.bursar.sandbox.http.Request;
import io.bursar.sandbox.http.Response;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.web3j.utils.Numeric;

/**
 * A stand-in for an EVM node: JSON-RPC over loopback HTTP, blocks every second, ERC-20 tokens at their real addresses,
 * and switches that make it reorganise or misbehave. Everything a method here does can also be done over HTTP:
 * {@code /sandbox/faults}, {@code /sandbox/reorg}, {@code /sandbox/mine}, {@code /sandbox/token}, {@code /wallet}.
 */
public final class EvmNode implements AutoCloseable {
    private final Clock clock;
    private final Chain chain;
    private final NodeFaults faults = new NodeFaults();
    private final DevWallets wallets;
    private final RpcHttp rpc;
    private final WalletPage walletPage;
    private final Ticker ticker;
    private final Loopback http;

    private EvmNode(EvmNodeConfig config) {
        this.clock = config.clock();
        this.chain = Chain.open(config, randomSeed());
        this.wallets = new DevWallets(config.chainId(), chain);
        this.rpc = new RpcHttp(new Rpc(chain, faults, new DevRpc(wallets, this::mine)), faults);
        this.walletPage = new WalletPage(config.tokens(), wallets);
        this.ticker = new Ticker(chain, faults, clock);
        this.http = Loopback.start(config.port(), this::handle);
    }

    public static EvmNode start(EvmNodeConfig config) {
        var node = new EvmNode(config);
        if (config.ticking()) {
            node.ticker.start();
        }
        return node;
    }

    /** Where JSON-RPC is answered, and the wallet page under {@code /wallet}. */
    public String url() {
        return http.url();
    }

    public long head() {
        return chain.read(Chain.View::head);
    }

    /** Tells one chain from another: a directory made afresh has a genesis of its own. */
    public Hash32 genesis() {
        return chain.read(view -> view.blocks().byNumber(0).orElseThrow().hash());
    }

    public NodeFaults faults() {
        return faults;
    }

    public void mine(int blocks) {
        for (int i = 0; i < blocks; i++) {
            chain.mine(clock.instant().getEpochSecond());
        }
    }

    /** Answers the transactions that lost their block. */
    public List<Hash32> reorg(int depth, Reorg mode) {
        return chain.reorg(depth, mode);
    }

    public Hash32 give(Address to, BigInteger wei) {
        return wallets.give(to, wei);
    }

    public Hash32 mint(Address token, Address to, BigInteger amount) {
        return wallets.mint(token, to, amount);
    }

    /** A token transfer from the funded dev wallet, mined with the next block. */
    public Hash32 pay(Address token, Address to, BigInteger amount) {
        return wallets.pay(token, to, amount);
    }

    @Override
    public void close() {
        ticker.close();
        http.close();
        chain.close();
    }

    private Response handle(Request request) {
        return switch (request.path()) {
            case "/" -> request.method().equals("POST") ? rpc.handle(request) : Response.seeOther("/wallet");
            case "/wallet" -> walletPage.handle(request);
            default -> request.path().startsWith("/sandbox/") ? admin(request) : Response.notFound();
        };
    }

    private Response admin(Request request) {
        if (request.is("GET", "/sandbox/faults")) {
            return Response.json(faults.json());
        }
        if (!request.method().equals("POST")) {
            return Response.notFound();
        }
        try {
            return switch (request.path()) {
                case "/sandbox/faults" -> {
                    faults.apply(request.json());
                    yield Response.json(faults.json());
                }
                case "/sandbox/reorg" -> reorganise(request);
                case "/sandbox/mine" -> {
                    mine(request.json().path("blocks").asInt(1));
                    yield Response.json(Map.of("head", head()));
                }
                case "/sandbox/token" -> govern(request);
                default -> Response.notFound();
            };
        } catch (RpcException refused) {
            throw new BadRequestException(refused.explanation(), refused);
        }
    }

    private Response reorganise(Request request) {
        var mode = request.json().path("mode").asString("drop").toUpperCase(Locale.ROOT);
        var known = List.of(Reorg.values()).stream()
                .filter(each -> each.name().equals(mode))
                .findAny()
                .orElseThrow(() -> new BadRequestException("mode: " + mode + " (expected: drop or remine)"));
        var affected = reorg(request.json().path("depth").asInt(1), known);
        return Response.json(Map.of(
                "head", head(), "affected", affected.stream().map(Hash32::hex).toList()));
    }

    /** {@code {token, pause: true|false}} or {@code {token, blacklist|unblacklist: address}}. */
    private Response govern(Request request) {
        var json = request.json();
        var token = RpcParams.address(json.path("token").asString(""));
        Hash32 hash;
        if (json.has("pause")) {
            hash = wallets.govern(token, json.path("pause").asBoolean(true) ? "pause()" : "unpause()", "");
        } else {
            boolean add = json.has("blacklist");
            var account = RpcParams.address(
                    json.path(add ? "blacklist" : "unblacklist").asString(""));
            hash = wallets.govern(token, add ? "blacklist(address)" : "unBlacklist(address)", Words.of(account));
        }
        return Response.json(Map.of("txHash", hash.hex()));
    }

    private static Hash32 randomSeed() {
        byte[] seed = new byte[32];
        new SecureRandom().nextBytes(seed);
        return new Hash32(Numeric.toHexString(seed));
    }
}
