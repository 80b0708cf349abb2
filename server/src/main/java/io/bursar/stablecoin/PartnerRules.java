package io.bursar.stablecoin;

import io.bursar.shared.Money;
import io.bursar.shared.MoneyUnit;
import io.bursar.stablecoin.evm.Asset;
import io.bursar.stablecoin.evm.ChainRegistry;
import io.bursar.stablecoin.evm.ChainSpec;
import io.bursar.stablecoin.evm.Finality;
import io.bursar.stablecoin.evm.TokenSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges a partner's form field by field, so that everything wrong is told at once. */
final class PartnerRules {
    static final FieldError TIER_UNKNOWN =
            new FieldError("tier", "tier_unknown", "Payments count once they are fast, safe or final.");

    private static final int NAME_LENGTH_MAX = 80;
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");
    private static final Pattern COLOR = Pattern.compile("#[0-9a-f]{6}");

    private final List<FieldError> errors = new ArrayList<>();
    private final @Nullable String name;
    private final @Nullable String slug;
    private final @Nullable ChainSpec chain;
    private final @Nullable Asset asset;
    private final @Nullable Money minimum;
    private final @Nullable Finality tier;
    private final @Nullable String color;

    PartnerRules(PartnerForm form, Function<String, Optional<MoneyUnit>> currencies) {
        name = name(form.name());
        slug = slug(form.slug().isBlank() ? slugOf(form.name()) : form.slug());
        chain = chain(form.chain());
        asset = asset(form.asset(), chain);
        minimum = minimum(form, currencies);
        tier = tier(form.tier());
        color = color(form.brandColor());
    }

    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    void refuse(String field, String code, String sentence) {
        errors.add(new FieldError(field, code, sentence));
    }

    @Nullable
    String slug() {
        return slug;
    }

    /** Empty while anything is wrong. */
    Optional<Judged> judged() {
        if (name == null || slug == null || chain == null || asset == null || minimum == null || tier == null) {
            return Optional.empty();
        }
        return errors.isEmpty()
                ? Optional.of(new Judged(name, slug, chain, asset, minimum, tier, color))
                : Optional.empty();
    }

    record Judged(
            String name,
            String slug,
            ChainSpec chain,
            Asset asset,
            Money minimum,
            Finality tier,
            @Nullable String color) {}

    private @Nullable String name(String text) {
        String stripped = text.strip();
        if (!PlainText.fits(stripped, NAME_LENGTH_MAX)) {
            refuse("name", "name_invalid", "The name must have 1 to %d characters.".formatted(NAME_LENGTH_MAX));
            return null;
        }
        return stripped;
    }

    private static String slugOf(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
    }

    private @Nullable String slug(String text) {
        String stripped = text.strip();
        if (!SLUG.matcher(stripped).matches()) {
            refuse(
                    "slug",
                    "slug_invalid",
                    "The slug must have 2 to 40 lower-case letters, digits or hyphens, a letter first.");
            return null;
        }
        return stripped;
    }

    private @Nullable ChainSpec chain(String text) {
        Optional<ChainSpec> known = ChainRegistry.chains().stream()
                .filter(spec -> spec.slug().equals(text.strip())
                        || Long.toString(spec.id()).equals(text.strip()))
                .findFirst();
        if (known.isEmpty()) {
            refuse(
                    "chain",
                    "chain_unsupported",
                    "Only %s are supported. Another chain needs engineering work: RPC, token contract, verification."
                            .formatted(ChainRegistry.chains().stream()
                                    .map(spec -> spec.name() + " (" + spec.id() + ")")
                                    .collect(Collectors.joining(", "))));
        }
        return known.orElse(null);
    }

    private @Nullable Asset asset(String text, @Nullable ChainSpec on) {
        Optional<Asset> known = Arrays.stream(Asset.values())
                .filter(asset -> asset.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
        if (known.isEmpty()) {
            refuse("asset", "asset_unsupported", "The asset must be USDC or EURC.");
            return null;
        }
        Optional<TokenSpec> token = on == null ? Optional.empty() : on.token(known.get());
        if (on != null && token.isEmpty()) {
            refuse(
                    "asset",
                    "asset_not_on_chain",
                    "Circle issues no %s on %s. Choose USDC, or another chain."
                            .formatted(known.get().name(), on.name()));
            return null;
        }
        return known.get();
    }

    private @Nullable Money minimum(PartnerForm form, Function<String, Optional<MoneyUnit>> currencies) {
        String code = form.displayCurrency().strip().toUpperCase(Locale.ROOT);
        Optional<MoneyUnit> unit = currencies.apply(code);
        if (unit.isEmpty()) {
            refuse(
                    "displayCurrency",
                    "currency_unsupported",
                    "That currency is not one of the 28 supported ones; GET /api/v1/currencies lists them.");
            return null;
        }
        return switch (FiatAmount.parse(form.minFiatPerRequest().strip(), unit.get())) {
            case FiatAmount.Read(Money amount) -> amount;
            case FiatAmount.Wrong(String wrong, String sentence) -> {
                refuse("minFiatPerRequest", wrong, sentence);
                yield null;
            }
        };
    }

    /** Left out, it is the one that never takes anything back. */
    private @Nullable Finality tier(String text) {
        Optional<Finality> known = text.isBlank() ? Optional.of(Finality.FINAL) : Finality.ofWord(text.strip());
        if (known.isEmpty()) {
            errors.add(TIER_UNKNOWN);
        }
        return known.orElse(null);
    }

    private @Nullable String color(String text) {
        String stripped = text.strip().toLowerCase(Locale.ROOT);
        if (stripped.isEmpty()) {
            return null;
        }
        if (!COLOR.matcher(stripped).matches()) {
            refuse("brandColor", "color_invalid", "The colour must look like #1a2b3c.");
            return null;
        }
        return stripped;
    }
}
