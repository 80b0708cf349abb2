-- What was seen on the chains and what was credited for it. A Transfer log is named by its transaction and its place in
-- that transaction's receipt, which stay the same when a reorg moves the transaction; logIndex does not. The two unique
-- indexes on credit are the last word on "exactly once": one live credit per log, one payment per request.

-- How far each chain has been read. The hash of block 0 tells a chain from another that goes by the same id.
CREATE TABLE stablecoin.chain_cursor (
  chain_id    bigint PRIMARY KEY CHECK (chain_id IN (1, 10, 137, 8453, 42161)),
  genesis     bytea NOT NULL CHECK (octet_length(genesis) = 32),
  height      bigint NOT NULL CHECK (height >= 0),
  block_hash  bytea NOT NULL CHECK (octet_length(block_hash) = 32),
  moved_at    timestamptz NOT NULL
);

-- Blocks read lately, to walk back along when the chain below the cursor is no longer the one that was read.
CREATE TABLE stablecoin.chain_block (
  chain_id    bigint NOT NULL REFERENCES stablecoin.chain_cursor,
  height      bigint NOT NULL CHECK (height >= 0),
  block_hash  bytea NOT NULL CHECK (octet_length(block_hash) = 32),
  PRIMARY KEY (chain_id, height)
);

-- A Transfer to a deposit address, as it stands in one block. The same log in another block is another row.
CREATE TABLE stablecoin.chain_transfer (
  id            uuid PRIMARY KEY,
  chain_id      bigint NOT NULL,
  tx_hash       bytea NOT NULL CHECK (octet_length(tx_hash) = 32),
  ordinal       integer NOT NULL CHECK (ordinal >= 0),
  block_hash    bytea NOT NULL CHECK (octet_length(block_hash) = 32),
  block_number  bigint NOT NULL CHECK (block_number >= 0),
  block_time    timestamptz NOT NULL,
  token         bytea NOT NULL CHECK (octet_length(token) = 20),
  sender        bytea NOT NULL CHECK (octet_length(sender) = 20),
  recipient     bytea NOT NULL CHECK (octet_length(recipient) = 20),
  -- The whole range of a uint256: what the ledger cannot count is still recorded, and named.
  amount        numeric(78, 0) NOT NULL CHECK (amount > 0),
  request_id    uuid NOT NULL REFERENCES stablecoin.payment_request,
  state         text NOT NULL CHECK (state IN ('seen', 'final', 'reorged')),
  finding       text CHECK (finding IN ('exact', 'overpaid', 'underpaid', 'late', 'early', 'duplicate', 'wrong_token',
                                        'amount_out_of_range')),
  bookable      boolean NOT NULL GENERATED ALWAYS AS (
    finding IS NULL OR finding NOT IN ('wrong_token', 'amount_out_of_range')) STORED,
  seen_at       timestamptz NOT NULL,
  UNIQUE (chain_id, tx_hash, ordinal, block_hash)
);
-- A transaction is in one block at a time, so of one log at most one row is alive.
CREATE UNIQUE INDEX chain_transfer_alive ON stablecoin.chain_transfer (chain_id, tx_hash, ordinal)
  WHERE state <> 'reorged';
CREATE INDEX chain_transfer_seen ON stablecoin.chain_transfer (chain_id, block_number) WHERE state = 'seen';
CREATE INDEX chain_transfer_by_request ON stablecoin.chain_transfer (request_id, seen_at);

-- The claim on a log: written together with the decision to post it.
CREATE TABLE stablecoin.credit (
  id               uuid PRIMARY KEY,
  transfer_id      uuid NOT NULL REFERENCES stablecoin.chain_transfer,
  chain_id         bigint NOT NULL,
  tx_hash          bytea NOT NULL,
  ordinal          integer NOT NULL,
  block_hash       bytea NOT NULL,
  -- A block that was gone and came back is credited again, under references of a further round.
  round            integer NOT NULL CHECK (round > 0),
  request_id       uuid NOT NULL REFERENCES stablecoin.payment_request,
  finding          text NOT NULL CHECK (finding IN ('exact', 'overpaid', 'underpaid', 'late', 'early', 'duplicate')),
  wallet_minor     bigint NOT NULL CHECK (wallet_minor >= 0),
  unclaimed_minor  bigint NOT NULL CHECK (unclaimed_minor >= 0),
  -- Verbs in -ing are on their way to the ledger and belong to a posting intent.
  state            text NOT NULL CHECK (state IN ('pending', 'committed', 'released', 'refused',
                                                  'reserving', 'committing', 'releasing')),
  changed_at       timestamptz NOT NULL,
  UNIQUE (chain_id, tx_hash, ordinal, block_hash, round),
  CONSTRAINT credits_something CHECK (wallet_minor > 0 OR unclaimed_minor > 0),
  CONSTRAINT finding_fits_amounts CHECK (
    CASE finding
      WHEN 'exact' THEN unclaimed_minor = 0
      WHEN 'overpaid' THEN wallet_minor > 0 AND unclaimed_minor > 0
      ELSE wallet_minor = 0
    END)
);
CREATE UNIQUE INDEX log_credited_once ON stablecoin.credit (chain_id, tx_hash, ordinal) WHERE state <> 'released';
CREATE UNIQUE INDEX request_paid_once ON stablecoin.credit (request_id)
  WHERE finding IN ('exact', 'overpaid') AND state <> 'released';
CREATE INDEX credit_pending ON stablecoin.credit (chain_id) WHERE state = 'pending';
CREATE INDEX credit_of_transfer ON stablecoin.credit (transfer_id);

-- Pasted hashes that are still looked up, and when next. The queue's clock is the database's.
CREATE TABLE stablecoin.proof_check (
  request_id  uuid PRIMARY KEY REFERENCES stablecoin.payment_request,
  chain_id    bigint NOT NULL,
  attempts    integer NOT NULL DEFAULT 0,
  next_at     timestamptz NOT NULL
);
CREATE INDEX proof_check_due ON stablecoin.proof_check (chain_id, next_at);
