package io.bursar.stablecoin;

import java.util.List;

/** The answer to inviting a merchant, for the first time or again. */
public sealed interface Invitation {
    /** The mail is queued. Earlier links of this merchant are dead. */
    record Sent(Merchant merchant) implements Invitation {}

    record Refused(List<FieldError> errors) implements Invitation {}

    record PartnerUnknown() implements Invitation {}

    record MerchantUnknown() implements Invitation {}

    /** There is nothing left to accept. */
    record NotInvited(Merchant merchant) implements Invitation {}
}
