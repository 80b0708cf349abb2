package io.bursar.sandbox.evm;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ERC-20 token that behaves like Circle's FiatToken: balances, allowances, EIP-3009, pause and blacklist. The same
 * entry serves calls and transactions: everything is checked before anything changes, so a revert leaves no trace.
 */
final class TokenContract {
    static final Hash32 TRANSFER = Words.topicOf("Transfer(address,address,uint256)");
    static final Hash32 APPROVAL = Words.topicOf("Approval(address,address,uint256)");
    static final Hash32 AUTHORIZATION_USED = Words.topicOf("AuthorizationUsed(address,bytes32)");

    private final TokenSpec spec;
    private final Hash32 domainSeparator;
    private final Address owner;
    private final Map<Address, BigInteger> balances = new HashMap<>();
    private final Map<Spender, BigInteger> allowances = new HashMap<>();
    private final Set<Authorization> usedAuthorizations = new HashSet<>();
    private final Set<Address> blacklist = new HashSet<>();
    private BigInteger supply = BigInteger.ZERO;
    private boolean paused;

    /** What a call returned and the logs it left. */
    record Result(String output, List<Event> events) {}

    private record Spender(Address holder, Address spender) {}

    private record Authorization(Address authorizer, Hash32 nonce) {}

    TokenContract(TokenSpec spec, long chainId, Address owner) {
        this.spec = spec;
        this.domainSeparator = Eip3009.domainSeparator(spec, chainId);
        this.owner = owner;
    }

    TokenContract(TokenContract original) {
        this.spec = original.spec;
        this.domainSeparator = original.domainSeparator;
        this.owner = original.owner;
        this.balances.putAll(original.balances);
        this.allowances.putAll(original.allowances);
        this.usedAuthorizations.addAll(original.usedAuthorizations);
        this.blacklist.addAll(original.blacklist);
        this.supply = original.supply;
        this.paused = original.paused;
    }

    TokenSpec spec() {
        return spec;
    }

    Result execute(Address sender, String data, long timestamp) {
        return switch (Words.selector(data)) {
            case "0x06fdde03" -> view(Words.string(spec.name()));
            case "0x95d89b41" -> view(Words.string(spec.symbol()));
            case "0x313ce567" -> view(Words.of(BigInteger.valueOf(spec.decimals())));
            case "0x18160ddd" -> view(Words.of(supply));
            case "0x70a08231" -> view(Words.of(balance(Words.address(data, 0))));
            case "0xdd62ed3e" -> view(Words.of(allowance(Words.address(data, 0), Words.address(data, 1))));
            case "0xa9059cbb" -> done(move(sender, Words.address(data, 0), Words.number(data, 1)));
            case "0x23b872dd" -> transferFrom(sender, data);
            case "0x095ea7b3" -> approve(sender, Words.address(data, 0), Words.number(data, 1));
            case "0x40c10f19" -> mint(sender, Words.address(data, 0), Words.number(data, 1));
            default -> spec.bridged() ? unknown() : fiatToken(sender, data, timestamp);
        };
    }

    /** What only Circle's own tokens have, and a bridged look-alike lacks. */
    private Result fiatToken(Address sender, String data, long timestamp) {
        return switch (Words.selector(data)) {
            case "0x54fd4d50" -> view(Words.string(spec.version()));
            case "0x3644e515" -> view(Words.of(domainSeparator));
            case "0x5c975abb" -> view(bool(paused));
            case "0xfe575a87" -> view(bool(blacklist.contains(Words.address(data, 0))));
            case "0xe94a0102" -> view(bool(usedAuthorizations.contains(authorization(data, 0, 1))));
            case "0xe3ee160e" -> transferWithAuthorization(Eip3009.TRANSFER, data, timestamp);
            case "0xef55bec6" -> receiveWithAuthorization(sender, data, timestamp);
            case "0x8456cb59" -> pause(sender, true);
            case "0x3f4ba83a" -> pause(sender, false);
            case "0xf9f92be4" -> blacklist(sender, Words.address(data, 0), true);
            case "0x1a895266" -> blacklist(sender, Words.address(data, 0), false);
            default -> unknown();
        };
    }

    BigInteger balance(Address holder) {
        return balances.getOrDefault(holder, BigInteger.ZERO);
    }

    private BigInteger allowance(Address holder, Address spender) {
        return allowances.getOrDefault(new Spender(holder, spender), BigInteger.ZERO);
    }

    private Event move(Address from, Address to, BigInteger amount) {
        requireUsable(from, to);
        require(!to.equals(Address.ZERO), "ERC20: transfer to the zero address");
        require(balance(from).compareTo(amount) >= 0, "ERC20: transfer amount exceeds balance");
        balances.merge(from, amount.negate(), BigInteger::add);
        balances.merge(to, amount, BigInteger::add);
        return transferEvent(from, to, amount);
    }

    private Result transferFrom(Address spender, String data) {
        var from = Words.address(data, 0);
        var amount = Words.number(data, 2);
        var allowed = allowance(from, spender);
        require(allowed.compareTo(amount) >= 0, "ERC20: transfer amount exceeds allowance");
        var event = move(from, Words.address(data, 1), amount);
        allowances.put(new Spender(from, spender), allowed.subtract(amount));
        return done(event);
    }

    private Result approve(Address holder, Address spender, BigInteger amount) {
        requireUsable(holder, spender);
        allowances.put(new Spender(holder, spender), amount);
        return done(new Event(
                spec.address(), List.of(APPROVAL, Words.topic(holder), Words.topic(spender)), "0x" + Words.of(amount)));
    }

    Result mint(Address sender, Address to, BigInteger amount) {
        require(sender.equals(owner), "FiatToken: caller is not a minter");
        require(supply.add(amount).compareTo(Words.MAX) <= 0, "FiatToken: supply overflow");
        requireUsable(sender, to);
        supply = supply.add(amount);
        balances.merge(to, amount, BigInteger::add);
        return done(transferEvent(Address.ZERO, to, amount));
    }

    private Result receiveWithAuthorization(Address sender, String data, long timestamp) {
        require(sender.equals(Words.address(data, 1)), "FiatTokenV2: caller must be the payee");
        return transferWithAuthorization(Eip3009.RECEIVE, data, timestamp);
    }

    private Result transferWithAuthorization(Hash32 type, String data, long timestamp) {
        var from = Words.address(data, 0);
        var now = BigInteger.valueOf(timestamp);
        var authorization = authorization(data, 0, 5);
        require(now.compareTo(Words.number(data, 3)) > 0, "FiatTokenV2: authorization is not yet valid");
        require(now.compareTo(Words.number(data, 4)) < 0, "FiatTokenV2: authorization is expired");
        require(!usedAuthorizations.contains(authorization), "FiatTokenV2: authorization is used or canceled");
        require(Eip3009.signer(type, domainSeparator, data).equals(from), "FiatTokenV2: invalid signature");
        var transfer = move(from, Words.address(data, 1), Words.number(data, 2));
        usedAuthorizations.add(authorization);
        var used =
                new Event(spec.address(), List.of(AUTHORIZATION_USED, Words.topic(from), authorization.nonce()), "0x");
        return new Result("0x", List.of(used, transfer));
    }

    private Result pause(Address sender, boolean pause) {
        require(sender.equals(owner), "Pausable: caller is not the pauser");
        paused = pause;
        return new Result("0x", List.of());
    }

    private Result blacklist(Address sender, Address account, boolean listed) {
        require(sender.equals(owner), "Blacklistable: caller is not the blacklister");
        if (listed) {
            blacklist.add(account);
        } else {
            blacklist.remove(account);
        }
        return new Result("0x", List.of());
    }

    private void requireUsable(Address one, Address other) {
        require(!paused, "Pausable: paused");
        require(!blacklist.contains(one) && !blacklist.contains(other), "Blacklistable: account is blacklisted");
    }

    private Event transferEvent(Address from, Address to, BigInteger amount) {
        return new Event(
                spec.address(), List.of(TRANSFER, Words.topic(from), Words.topic(to)), "0x" + Words.of(amount));
    }

    private static Authorization authorization(String data, int authorizer, int nonce) {
        return new Authorization(Words.address(data, authorizer), Words.hash(data, nonce));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new RevertException(otherwise);
        }
    }

    private static String bool(boolean value) {
        return value ? Words.TRUE : Words.FALSE;
    }

    private static Result view(String words) {
        return new Result("0x" + words, List.of());
    }

    private static Result done(Event event) {
        return new Result("0x" + Words.TRUE, List.of(event));
    }

    private static Result unknown() {
        throw new RevertException("");
    }
}
