-- Who takes money in stablecoins (partners and their merchants), under which keys, and what they ask customers to pay.
-- Every rule that Java checks before writing stands here as a constraint again, because a wrong row is money gone astray.

CREATE TABLE stablecoin.partner (
  id                uuid PRIMARY KEY,
  name              text NOT NULL CHECK (name = btrim(name) AND char_length(name) BETWEEN 1 AND 80),
  slug              text NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9-]{0,38}[a-z0-9]$'),
  chain_id          bigint NOT NULL CHECK (chain_id IN (1, 10, 137, 8453, 42161)),
  asset             text NOT NULL CHECK (asset IN ('USDC', 'EURC')),
  display_currency  text NOT NULL CHECK (display_currency ~ '^[A-Z]{3}$'),
  display_scale     smallint NOT NULL CHECK (display_scale BETWEEN 0 AND 4),
  min_fiat_minor    bigint NOT NULL CHECK (min_fiat_minor > 0),
  brand_color       text CHECK (brand_color ~ '^#[0-9a-f]{6}$'),
  book              uuid NOT NULL UNIQUE,
  created_at        timestamptz NOT NULL,
  -- Circle issues no EURC on Polygon, OP Mainnet and Arbitrum.
  CONSTRAINT asset_is_issued_on_chain CHECK (asset = 'USDC' OR chain_id IN (1, 8453))
);

-- Each merchant's embedded wallet is one hardened account of the HD wallet. A sequence never gives a number twice,
-- also not after a rollback, so no two wallets share keys.
CREATE SEQUENCE stablecoin.wallet_account AS integer START 1;
-- The index of each deposit address below its account; 0 is the merchant's own wallet.
CREATE SEQUENCE stablecoin.deposit_index AS integer START 1;

CREATE TABLE stablecoin.merchant (
  id              uuid PRIMARY KEY,
  partner_id      uuid NOT NULL REFERENCES stablecoin.partner,
  status          text NOT NULL CHECK (status IN ('invited', 'accepted', 'disabled')),
  invited_at      timestamptz NOT NULL,
  accepted_at     timestamptz,
  disabled_at     timestamptz,
  wallet_account  integer UNIQUE CHECK (wallet_account > 0),
  wallet_address  bytea UNIQUE CHECK (octet_length(wallet_address) = 20),
  UNIQUE (partner_id, id),
  CONSTRAINT accepted_has_a_wallet CHECK (
    (accepted_at IS NULL) = (wallet_account IS NULL) AND (accepted_at IS NULL) = (wallet_address IS NULL)),
  CONSTRAINT status_fits_times CHECK (
    CASE status
      WHEN 'invited' THEN accepted_at IS NULL AND disabled_at IS NULL
      WHEN 'accepted' THEN accepted_at IS NOT NULL AND disabled_at IS NULL
      ELSE disabled_at IS NOT NULL
    END)
);

-- What can be erased on request without touching the history of the money.
CREATE TABLE stablecoin.merchant_profile (
  merchant_id  uuid PRIMARY KEY,
  partner_id   uuid NOT NULL,
  name         text NOT NULL CHECK (name = btrim(name) AND char_length(name) BETWEEN 1 AND 80),
  email        text NOT NULL CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254),
  FOREIGN KEY (partner_id, merchant_id) REFERENCES stablecoin.merchant (partner_id, id),
  UNIQUE (partner_id, email)
);
CREATE INDEX merchant_profile_by_email ON stablecoin.merchant_profile (email);

CREATE TABLE stablecoin.merchant_invite (
  id             uuid PRIMARY KEY,
  merchant_id    uuid NOT NULL REFERENCES stablecoin.merchant,
  token_digest   bytea NOT NULL UNIQUE CHECK (octet_length(token_digest) = 32),
  created_at     timestamptz NOT NULL,
  expires_at     timestamptz NOT NULL CHECK (expires_at > created_at),
  accepted_at    timestamptz,
  superseded_at  timestamptz,
  CONSTRAINT ends_once CHECK (accepted_at IS NULL OR superseded_at IS NULL)
);
-- Sending again kills the link before: one live invitation a merchant.
CREATE UNIQUE INDEX merchant_invite_live ON stablecoin.merchant_invite (merchant_id)
  WHERE accepted_at IS NULL AND superseded_at IS NULL;
CREATE UNIQUE INDEX merchant_invite_accepted ON stablecoin.merchant_invite (merchant_id) WHERE accepted_at IS NOT NULL;

-- The seed of all embedded wallets, sealed under ENCRYPTION_KEY. Whoever loses it loses the money of every merchant.
CREATE TABLE stablecoin.wallet_seed (
  id          smallint PRIMARY KEY CHECK (id = 1),
  sealed      bytea NOT NULL,
  created_at  timestamptz NOT NULL
);
CREATE FUNCTION stablecoin.refuse_loss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: it holds the only copy', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON stablecoin.wallet_seed
  FOR EACH STATEMENT EXECUTE FUNCTION stablecoin.refuse_loss();

CREATE TABLE stablecoin.payment_request (
  id                uuid PRIMARY KEY,
  partner_id        uuid NOT NULL,
  merchant_id       uuid NOT NULL,
  reference         text CHECK (char_length(reference) BETWEEN 1 AND 120),
  fiat_currency     text NOT NULL CHECK (fiat_currency ~ '^[A-Z]{3}$'),
  fiat_scale        smallint NOT NULL CHECK (fiat_scale BETWEEN 0 AND 4),
  fiat_minor        bigint NOT NULL CHECK (fiat_minor > 0),
  asset             text NOT NULL CHECK (asset IN ('USDC', 'EURC')),
  chain_id          bigint NOT NULL CHECK (chain_id IN (1, 10, 137, 8453, 42161)),
  token             bytea NOT NULL CHECK (octet_length(token) = 20),
  asset_minor       bigint NOT NULL CHECK (asset_minor > 0),
  rate              numeric NOT NULL CHECK (rate > 0 AND rate < 'Infinity'),
  rate_source       text NOT NULL,
  rate_as_of        date NOT NULL,
  rate_fetched_at   timestamptz NOT NULL,
  deposit_address   bytea NOT NULL CHECK (octet_length(deposit_address) = 20),
  address_index     integer NOT NULL UNIQUE CHECK (address_index > 0),
  created_at        timestamptz NOT NULL,
  expires_at        timestamptz NOT NULL CHECK (expires_at > created_at),
  proof_status      text NOT NULL DEFAULT 'none' CHECK (proof_status IN ('none', 'attached', 'verified', 'failed')),
  proof_tx          bytea CHECK (octet_length(proof_tx) = 32),
  proof_finding     text CHECK (proof_finding ~ '^[a-z_]{1,40}$'),
  proof_updated_at  timestamptz,
  verified_at       timestamptz,
  overpaid_minor    bigint NOT NULL DEFAULT 0 CHECK (overpaid_minor >= 0),
  FOREIGN KEY (partner_id, merchant_id) REFERENCES stablecoin.merchant (partner_id, id),
  -- An address asks once and on one chain, so whoever pays it has said what for.
  UNIQUE (deposit_address),
  CONSTRAINT proof_names_its_transaction CHECK (proof_status = 'none' OR proof_tx IS NOT NULL),
  CONSTRAINT verified_has_its_time CHECK ((proof_status = 'verified') = (verified_at IS NOT NULL)),
  CONSTRAINT only_verified_is_overpaid CHECK (overpaid_minor = 0 OR proof_status = 'verified')
);
-- Ids are ordered by time, so lists are ordered and continued by them alone.
CREATE INDEX payment_request_by_partner ON stablecoin.payment_request (partner_id, id DESC);
CREATE INDEX payment_request_by_merchant ON stablecoin.payment_request (merchant_id, id DESC);
CREATE INDEX payment_request_watched ON stablecoin.payment_request (chain_id, address_index);
CREATE INDEX payment_request_by_proof ON stablecoin.payment_request (proof_tx) WHERE proof_tx IS NOT NULL;
CREATE INDEX payment_request_undecided ON stablecoin.payment_request (chain_id, created_at)
  WHERE proof_status = 'attached';
CREATE INDEX payment_request_verified ON stablecoin.payment_request (verified_at) WHERE verified_at IS NOT NULL;
CREATE INDEX payment_request_by_reference ON stablecoin.payment_request (reference) WHERE reference IS NOT NULL;

-- A quote that was shown to a customer is a promise: only the proof's columns ever change.
CREATE FUNCTION stablecoin.refuse_requote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{proof_status,proof_tx,proof_finding,proof_updated_at,verified_at,overpaid_minor}'::text[]
     IS DISTINCT FROM
     to_jsonb(OLD) - '{proof_status,proof_tx,proof_finding,proof_updated_at,verified_at,overpaid_minor}'::text[] THEN
    RAISE EXCEPTION 'payment request %: what was asked for never changes', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER asked_once BEFORE UPDATE ON stablecoin.payment_request
  FOR EACH ROW EXECUTE FUNCTION stablecoin.refuse_requote();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON stablecoin.payment_request
  FOR EACH STATEMENT EXECUTE FUNCTION stablecoin.refuse_loss();
