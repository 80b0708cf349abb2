package io.bursar.stablecoin.web;

import io.bursar.consolespi.ConsolePage;
import io.bursar.identity.Access;
import io.bursar.identity.Principal;
import io.bursar.stablecoin.ChainStatus;
import io.bursar.stablecoin.Chains;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How the enabled chains are doing, as this node sees them. */
@ConsolePage
@Access(Principal.Operator.class)
class ChainPage {
    private final Chains chains;

    ChainPage(Chains chains) {
        this.chains = chains;
    }

    record Row(ChainStatus status) {
        public String label() {
            return switch (status.state()) {
                case STARTING -> "Starting";
                case READY -> "Watched";
                case UNAVAILABLE -> "Unavailable";
                case REFUSED -> "Refused";
                case RPC_DOWN -> "No endpoint answers";
            };
        }

        public String tone() {
            return switch (status.state()) {
                case STARTING -> "wait";
                case READY -> "ok";
                case UNAVAILABLE -> "warn";
                case REFUSED, RPC_DOWN -> "bad";
            };
        }
    }

    @GetMapping("/console/stablecoin/chains")
    String chains(Model model) {
        List<Row> rows = chains.statuses().stream().map(Row::new).toList();
        model.addAttribute("rows", rows);
        return "stablecoin/chains";
    }
}
