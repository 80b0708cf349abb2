-- Rates as the source gave them (units for one EUR). What a request locked must be explainable years later, so every
-- accepted rate stays; beside it stands the one good rate per currency that is served, and why a newer one was refused.
CREATE TABLE fx.rate (
  currency         text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  as_of            date NOT NULL,
  rate             numeric(20, 10) NOT NULL CHECK (rate > 0),
  source           text NOT NULL,
  first_fetched_at timestamptz NOT NULL,
  PRIMARY KEY (currency, as_of, rate)
);

CREATE FUNCTION fx.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is history: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fx.rate
  FOR EACH STATEMENT EXECUTE FUNCTION fx.refuse_change();

CREATE TABLE fx.quote (
  currency   text PRIMARY KEY CHECK (currency ~ '^[A-Z]{3}$'),
  rate       numeric(20, 10) NOT NULL CHECK (rate > 0),
  as_of      date NOT NULL,
  source     text NOT NULL,
  fetched_at timestamptz NOT NULL
);

CREATE TABLE fx.refusal (
  currency text PRIMARY KEY CHECK (currency ~ '^[A-Z]{3}$'),
  reason   text NOT NULL,
  since    timestamptz NOT NULL
);

CREATE TABLE fx.fetch (
  one           boolean PRIMARY KEY DEFAULT true CHECK (one),
  attempted_at  timestamptz,
  succeeded_at  timestamptz,
  failing_since timestamptz,
  failure       text,
  CHECK ((failing_since IS NULL) = (failure IS NULL))
);
INSERT INTO fx.fetch DEFAULT VALUES;
