-- The ledger keeps money, so the database itself refuses what the engine must never do: history cannot be changed,
-- an account cannot leave its limits, a reference posts once, a pending leg is settled once. The engine checks all of
-- this before it writes; the constraints are here for the day it is wrong.
--
-- Every key starts with the book, no foreign key crosses books and every hot query filters by book, so that the tables
-- can be distributed by book later. Ids are UUIDv7 made by the application. A transfer has no foreign key to its
-- accounts: it is written in the statement group that updates both locked account rows and counts them, and two more
-- probes per row would cost a third of the throughput.

CREATE FUNCTION ledger.refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger.% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Correct a posting by another posting.';
END
$$;

CREATE FUNCTION ledger.refuse_new_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the identity of an account never changes and an account never goes: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TABLE ledger.book (
    id        uuid PRIMARY KEY,
    name      text COLLATE "C" NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    opened_at timestamptz NOT NULL
);

-- What of a book is closed. Postings share this row and closing takes it alone, so that nothing slips into a period
-- while it is being closed.
CREATE TABLE ledger.period (
    book           uuid PRIMARY KEY REFERENCES ledger.book (id),
    closed_through date,
    ordinal        integer NOT NULL DEFAULT 0 CHECK (ordinal >= 0),
    last_hash      bytea NOT NULL CHECK (octet_length(last_hash) = 32),
    CONSTRAINT closed_or_never CHECK ((closed_through IS NULL) = (ordinal = 0))
);

-- One row for each closing of a period, chained by hash within its book from 1 on.
CREATE TABLE ledger.period_close (
    book           uuid NOT NULL REFERENCES ledger.book (id),
    ordinal        integer NOT NULL CHECK (ordinal > 0),
    closed_through date NOT NULL,
    at             timestamptz NOT NULL,
    actor          text NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    reason         text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    hash           bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (book, ordinal)
);

-- Everything above the line is identity and never changes; everything below is kept by posting and by account events.
-- An account is single, or an account of lots (it names where lots lapse to), or a lot (it names its parent). A parent
-- carries the sums of its lots and no rows of its own. What a forced correction cannot take from an account is taken
-- from the account it names as owed.
-- Half of each page stays free, so that the one update per batch finds room beside the old row (HOT) and touches no
-- index.
CREATE TABLE ledger.account (
    book       uuid NOT NULL REFERENCES ledger.book (id),
    id         uuid NOT NULL,
    path       text COLLATE "C" NOT NULL CHECK (length(path) BETWEEN 1 AND 200),
    unit_code  text NOT NULL CHECK (length(unit_code) BETWEEN 1 AND 64),
    unit_scale integer NOT NULL CHECK (unit_scale BETWEEN 0 AND 18),
    opened_at  timestamptz NOT NULL,
    parent     text COLLATE "C",
    source     text COLLATE "C" CHECK (length(source) BETWEEN 1 AND 300),
    expires_at timestamptz,
    owed       text COLLATE "C",
    lapses_to  text COLLATE "C",
    --------------------------------------------------------------------------------
    posted          bigint NOT NULL DEFAULT 0,
    pending_debits  bigint NOT NULL DEFAULT 0 CHECK (pending_debits >= 0),
    pending_credits bigint NOT NULL DEFAULT 0 CHECK (pending_credits >= 0),
    floor           bigint,
    ceiling         bigint,
    sequence        bigint NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    last_at         timestamptz NOT NULL,
    last_hash       bytea NOT NULL CHECK (octet_length(last_hash) = 32),
    debit_freezes   text[] NOT NULL DEFAULT '{}',
    credit_freezes  text[] NOT NULL DEFAULT '{}',
    closed          boolean NOT NULL DEFAULT false,
    PRIMARY KEY (book, id),
    UNIQUE (book, path),
    FOREIGN KEY (book, parent) REFERENCES ledger.account (book, path),
    FOREIGN KEY (book, owed) REFERENCES ledger.account (book, path),
    FOREIGN KEY (book, lapses_to) REFERENCES ledger.account (book, path),
    CONSTRAINT lot_has_parent_and_source CHECK ((parent IS NULL) = (source IS NULL)),
    CONSTRAINT only_a_lot_expires CHECK (expires_at IS NULL OR parent IS NOT NULL),
    CONSTRAINT lot_is_only_a_lot CHECK (parent IS NULL OR (owed IS NULL AND lapses_to IS NULL)),
    CONSTRAINT owes_and_lapses_elsewhere CHECK (owed <> path AND lapses_to <> path),
    CONSTRAINT floor_holds CHECK (posted - pending_debits >= floor),
    CONSTRAINT ceiling_holds CHECK (posted + pending_credits <= ceiling),
    CONSTRAINT closed_is_empty CHECK (NOT closed OR (posted = 0 AND pending_debits = 0 AND pending_credits = 0)),
    CONSTRAINT time_goes_on CHECK (last_at >= opened_at)
) WITH (fillfactor = 50);

-- The lots of an account, soonest to expire first; and the lots whose time has come.
CREATE INDEX lot_of ON ledger.account (book, parent, expires_at, id) WHERE parent IS NOT NULL;
CREATE INDEX lot_expiring ON ledger.account (book, expires_at) WHERE expires_at IS NOT NULL;

-- What must stay open and without limits because others name it; and the accounts to list, which lots would drown.
CREATE INDEX owed_by ON ledger.account (book, owed) WHERE owed IS NOT NULL;
CREATE INDEX lapsing_to ON ledger.account (book, lapses_to) WHERE lapses_to IS NOT NULL;
CREATE INDEX account_but_lots ON ledger.account (book, path) WHERE parent IS NULL;

-- One row for each change of what an account is: opening it, its policy, freezes, closing. Each row carries the account
-- after the change. Events and transfers of an account share one sequence and one chain of hashes; opening is 0.
CREATE TABLE ledger.account_event (
    book           uuid NOT NULL,
    account        uuid NOT NULL,
    sequence       bigint NOT NULL CHECK (sequence >= 0),
    kind           text NOT NULL CHECK (kind IN ('OPENED', 'POLICY_CHANGED', 'FROZEN', 'UNFROZEN', 'CLOSED')),
    path           text COLLATE "C" NOT NULL,
    unit_code      text NOT NULL,
    unit_scale     integer NOT NULL,
    parent         text COLLATE "C",
    source         text COLLATE "C",
    expires_at     timestamptz,
    owed           text COLLATE "C",
    lapses_to      text COLLATE "C",
    floor          bigint,
    ceiling        bigint,
    debit_freezes  text[] NOT NULL,
    credit_freezes text[] NOT NULL,
    closed         boolean NOT NULL,
    at             timestamptz NOT NULL,
    actor          text NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    reason         text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    hash           bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (book, account, sequence),
    FOREIGN KEY (book, account) REFERENCES ledger.account (book, id),
    CHECK ((kind = 'OPENED') = (sequence = 0))
);

-- A movement between two accounts, with both as it left them: a statement line and a balance at any time are one index
-- lookup. The rows of a posting share reference and content hash and are numbered leg of legs; a leg that touches
-- several lots, falls short or pays what is owed has several parts. COMMIT, RELEASE, EXPIRE and REVERSE name the row
-- they settle; what is left of that row is known from the last one that names it, so that it never changes itself.
CREATE TABLE ledger.transfer (
    book            uuid NOT NULL,
    id              uuid NOT NULL,
    debit_account   uuid NOT NULL,
    credit_account  uuid NOT NULL,
    amount          bigint NOT NULL CHECK (amount > 0),
    debit_sequence  bigint NOT NULL CHECK (debit_sequence > 0),
    debit_balance   bigint NOT NULL,
    credit_sequence bigint NOT NULL CHECK (credit_sequence > 0),
    credit_balance  bigint NOT NULL,
    posted_at       timestamptz NOT NULL,
    effective_date  date NOT NULL,
    asked_date      date,
    leg             integer NOT NULL,
    part            integer NOT NULL CHECK (part >= 0),
    legs            integer NOT NULL,
    kind            text NOT NULL CHECK (kind IN (
                        'MOVE', 'PEND', 'COMMIT', 'RELEASE', 'EXPIRE', 'REVERSE', 'FORCE', 'REPAY', 'LAPSE')),
    reference       text COLLATE "C" NOT NULL CHECK (length(reference) BETWEEN 1 AND 300),
    content_hash    bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    settles         uuid,
    settle_ordinal  integer CHECK (settle_ordinal > 0),
    remaining       bigint CHECK (remaining >= 0),
    expires_at      timestamptz,
    memo            text NOT NULL CHECK (length(memo) <= 500),
    actor           text NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    hash            bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (book, id),
    CONSTRAINT reference_posts_once UNIQUE (book, reference, leg, part),
    CONSTRAINT two_accounts CHECK (debit_account <> credit_account),
    CONSTRAINT leg_of_legs CHECK (leg >= 0 AND leg < legs),
    CONSTRAINT settlement_names_what_it_settles CHECK (
        (kind IN ('COMMIT', 'RELEASE', 'EXPIRE', 'REVERSE')) = (settles IS NOT NULL)
        AND (settles IS NULL) = (settle_ordinal IS NULL)
        AND (settles IS NULL) = (remaining IS NULL)),
    CONSTRAINT only_a_pending_expires CHECK (expires_at IS NULL OR kind = 'PEND'),
    CONSTRAINT dated_on_or_after_what_was_asked CHECK (asked_date <= effective_date)
);

-- An account's history is its rows as debtor and its rows as creditor; posting time never falls behind along it.
CREATE INDEX transfer_of_debtor ON ledger.transfer (book, debit_account, posted_at, debit_sequence);
CREATE INDEX transfer_of_creditor ON ledger.transfer (book, credit_account, posted_at, credit_sequence);
CREATE UNIQUE INDEX settlement_in_order ON ledger.transfer (book, settles, settle_ordinal) WHERE settles IS NOT NULL;
CREATE UNIQUE INDEX settled_once ON ledger.transfer (book, settles) WHERE remaining = 0;
CREATE INDEX hold_expiring ON ledger.transfer (book, expires_at) WHERE expires_at IS NOT NULL;

-- Statement triggers cost nothing on the insert path and fire even when no row matches; ALWAYS, so that a session in
-- replica role does not slip by.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.book
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_rewrite();
ALTER TABLE ledger.book ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.account_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_rewrite();
ALTER TABLE ledger.account_event ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_rewrite();
ALTER TABLE ledger.transfer ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.period_close
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_rewrite();
ALTER TABLE ledger.period_close ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER identity_is_fixed
    BEFORE UPDATE OF book, id, path, unit_code, unit_scale, opened_at, parent, source, expires_at, owed, lapses_to
    OR DELETE OR TRUNCATE ON ledger.account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_new_identity();
ALTER TABLE ledger.account ENABLE ALWAYS TRIGGER identity_is_fixed;
