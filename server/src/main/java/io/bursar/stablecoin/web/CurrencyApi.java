package io.bursar.stablecoin.web;

import io.bursar.fx.Fx;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.platform.PageJson;
import io.bursar.shared.MoneyUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The currencies that amounts may be given in. */
@RestController
@Access(Principal.PartnerKey.class)
@Tag(name = "Currencies")
class CurrencyApi {
    private final Fx fx;

    CurrencyApi(Fx fx) {
        this.fx = fx;
    }

    @Schema(name = "Currency")
    record CurrencyJson(
            @Schema(example = "EUR") String code,

            @Schema(example = "2", description = "How many decimals an amount may have.")
            int decimals) {

        static CurrencyJson of(MoneyUnit unit) {
            return new CurrencyJson(unit.code(), unit.scale());
        }
    }

    @Operation(summary = "List the supported fiat currencies")
    @GetMapping(path = "/api/v1/currencies", produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<CurrencyJson> list(Principal.PartnerKey caller) {
        return PageJson.whole(fx.currencies().stream().map(CurrencyJson::of).toList());
    }
}
