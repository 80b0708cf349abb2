package io.bursar.stablecoin;

/** A partner as an operator typed it; nothing here has been judged yet. */
public record PartnerForm(
        String name,
        String slug,
        String chain,
        String asset,
        String displayCurrency,
        String minFiatPerRequest,
        String tier,
        String webhookUrl,
        String brandColor) {

    public static final PartnerForm EMPTY = new PartnerForm("", "", "8453", "USDC", "EUR", "1.00", "final", "", "");
}
