-- Partners may have payments count before they are final, at their own risk. So a credit has a tier, fixed when it is
-- made; it is watched until its block is final; and when the block leaves the chain after all, what was credited is
-- taken back and the request is open again.

ALTER TABLE stablecoin.partner
  ADD tier text NOT NULL DEFAULT 'FINAL' CHECK (tier IN ('FAST', 'SAFE', 'FINAL'));

-- When the block became final, which the transfer keeps even should the chain break that promise.
ALTER TABLE stablecoin.chain_transfer ADD final_at timestamptz;
UPDATE stablecoin.chain_transfer SET final_at = seen_at WHERE state = 'final';
ALTER TABLE stablecoin.chain_transfer
  ADD CONSTRAINT final_has_its_time CHECK (state <> 'final' OR final_at IS NOT NULL),
  ADD CONSTRAINT seen_is_not_final CHECK (state <> 'seen' OR final_at IS NULL);
CREATE INDEX chain_transfer_by_height ON stablecoin.chain_transfer (chain_id, block_number) WHERE state <> 'reorged';
CREATE INDEX chain_transfer_gone ON stablecoin.chain_transfer (chain_id) WHERE state = 'reorged';

DROP INDEX stablecoin.log_credited_once;
DROP INDEX stablecoin.request_paid_once;
ALTER TABLE stablecoin.credit
  DROP CONSTRAINT credit_state_check,
  ADD CONSTRAINT credit_state_check CHECK (state IN (
    'pending', 'committed', 'released', 'refused', 'reversed', 'unreversed',
    'reserving', 'committing', 'releasing', 'reversing')),
  ADD tier text NOT NULL DEFAULT 'FINAL' CHECK (tier IN ('FAST', 'SAFE', 'FINAL')),
  -- The evidence: which block stood in place of the credited one when it was decided to take the money back.
  ADD replaced_by bytea CHECK (octet_length(replaced_by) = 32),
  ADD reversal_at timestamptz,
  -- What the wallet no longer held by then.
  ADD owed_minor bigint NOT NULL DEFAULT 0 CHECK (owed_minor >= 0),
  ADD live boolean NOT NULL GENERATED ALWAYS AS (state NOT IN ('released', 'reversed')) STORED,
  ADD CONSTRAINT reversal_has_its_evidence CHECK ((replaced_by IS NULL) = (reversal_at IS NULL)),
  ADD CONSTRAINT reversed_for_a_reason CHECK (
    state NOT IN ('reversing', 'reversed', 'unreversed') OR replaced_by IS NOT NULL),
  ADD CONSTRAINT only_what_came_is_owed CHECK (owed_minor <= wallet_minor + unclaimed_minor);
CREATE UNIQUE INDEX log_credited_once ON stablecoin.credit (chain_id, tx_hash, ordinal) WHERE live;
CREATE UNIQUE INDEX request_paid_once ON stablecoin.credit (request_id)
  WHERE finding IN ('exact', 'overpaid') AND live;
CREATE INDEX credit_by_request ON stablecoin.credit (request_id);
CREATE INDEX credit_waiting_for_safe ON stablecoin.credit (chain_id)
  WHERE tier = 'SAFE' AND state IN ('reserving', 'pending');

-- The tier at which the payment that is the proof counts.
ALTER TABLE stablecoin.payment_request ADD proof_tier text CHECK (proof_tier IN ('FAST', 'SAFE', 'FINAL'));
CREATE OR REPLACE FUNCTION stablecoin.refuse_requote() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  proof CONSTANT text[] :=
    '{proof_status,proof_tx,proof_finding,proof_updated_at,verified_at,overpaid_minor,proof_tier}';
BEGIN
  IF to_jsonb(NEW) - proof IS DISTINCT FROM to_jsonb(OLD) - proof THEN
    RAISE EXCEPTION 'payment request %: what was asked for never changes', OLD.id;
  END IF;
  RETURN NEW;
END $$;
UPDATE stablecoin.payment_request SET proof_tier = 'FINAL' WHERE proof_status = 'verified';
ALTER TABLE stablecoin.payment_request
  ADD CONSTRAINT verified_names_its_tier CHECK (proof_status <> 'verified' OR proof_tier IS NOT NULL);
