-- What the made-up shop of the inbox's tests keeps: the state that events of any order have to end in.
CREATE TABLE shop.invoice (
  account  text NOT NULL,
  id       text NOT NULL,
  note     text NOT NULL,
  version  integer NOT NULL,
  paid     boolean NOT NULL DEFAULT false,
  refunded bigint NOT NULL DEFAULT 0,
  touched  integer NOT NULL DEFAULT 0,
  PRIMARY KEY (account, id)
);
CREATE TABLE shop.refund (
  account text NOT NULL,
  id      text NOT NULL,
  PRIMARY KEY (account, id)
);
