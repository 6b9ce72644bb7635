-- The ledger, in words that SQLite and PostgreSQL both understand. Numbers of
-- records, exports and events come from one counter of the unit. What is absent
-- is '' or 0. Times are texts in UTC, states and digests the words of pkg/ledger.

-- +goose Up

-- An accounting unit, by IČO or key, and who works on it: token grows with every
-- taking of the lock, beat is the holder's last sign of life in milliseconds.
CREATE TABLE units (
    id      INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE,
    seq     BIGINT  NOT NULL,
    erased  BIGINT  NOT NULL,
    token   BIGINT  NOT NULL,
    holder  TEXT    NOT NULL,
    host    TEXT    NOT NULL,
    place   TEXT    NOT NULL,
    pid     BIGINT  NOT NULL,
    started TEXT    NOT NULL,
    since   TEXT    NOT NULL,
    beat    BIGINT  NOT NULL
);

-- A record of a source and what it becomes. sent is the fingerprint of the
-- content that was exported last, seen of the content that the source had last,
-- and phase the phase that it had then. revision counts how often a document of
-- POHODA was replaced, pohoda_revision is that of the one which POHODA has.
CREATE TABLE records (
    unit          INTEGER NOT NULL,
    id            BIGINT  NOT NULL,
    system        TEXT    NOT NULL,
    instance      TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    target        TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    code          TEXT    NOT NULL,
    number        TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    sent          TEXT    NOT NULL,
    seen          TEXT    NOT NULL,
    phase         TEXT    NOT NULL,
    export        BIGINT  NOT NULL,
    revision      BIGINT  NOT NULL,
    pohoda_id     BIGINT  NOT NULL,
    pohoda_number TEXT    NOT NULL,
    pohoda_revision BIGINT  NOT NULL,
    payment       TEXT    NOT NULL,
    total         TEXT    NOT NULL,
    currency      TEXT    NOT NULL,
    changed       TEXT    NOT NULL,
    PRIMARY KEY (unit, id),
    UNIQUE (unit, system, instance, kind, target, source)
);

-- A file or a sending; its state says how far the bytes got.
CREATE TABLE exports (
    unit    INTEGER NOT NULL,
    id      BIGINT  NOT NULL,
    state   TEXT    NOT NULL,
    path    TEXT    NOT NULL,
    digest  TEXT    NOT NULL,
    pack    TEXT    NOT NULL,
    host    TEXT    NOT NULL,
    at      TEXT    NOT NULL,
    PRIMARY KEY (unit, id)
);
CREATE INDEX exports_open ON exports (unit, id) WHERE state IN ('writing', 'sending');

-- A record in an export, and how the record stood before.
CREATE TABLE items (
    unit          INTEGER NOT NULL,
    export        BIGINT  NOT NULL,
    record        BIGINT  NOT NULL,
    item          TEXT    NOT NULL,
    content       TEXT    NOT NULL,
    document      TEXT    NOT NULL,
    phase         TEXT    NOT NULL,
    revision      BIGINT  NOT NULL,
    total         TEXT    NOT NULL,
    currency      TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    before_state  TEXT    NOT NULL,
    before_sent   TEXT    NOT NULL,
    before_export BIGINT  NOT NULL,
    before_revision BIGINT  NOT NULL,
    PRIMARY KEY (unit, export, record)
);
CREATE INDEX items_by_record ON items (unit, record);
CREATE INDEX items_by_item ON items (unit, item);

-- Everything that ever changed, in the order of seq; the clock orders nothing.
CREATE TABLE events (
    unit       INTEGER NOT NULL,
    seq        BIGINT  NOT NULL,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    record     BIGINT  NOT NULL,
    export     BIGINT  NOT NULL,
    from_state TEXT    NOT NULL,
    to_state   TEXT    NOT NULL,
    details    TEXT    NOT NULL,
    PRIMARY KEY (unit, seq)
);
CREATE INDEX events_by_record ON events (unit, record, export);

-- What is known of the payment of an order; record is 0 while the order is not
-- one of the ledger's.
CREATE TABLE payments (
    unit         INTEGER NOT NULL,
    order_number TEXT    NOT NULL,
    record       BIGINT  NOT NULL,
    state        TEXT    NOT NULL,
    total        TEXT    NOT NULL,
    due          TEXT    NOT NULL,
    currency     TEXT    NOT NULL,
    invoices     TEXT    NOT NULL,
    changed      TEXT    NOT NULL,
    PRIMARY KEY (unit, order_number)
);
CREATE INDEX payments_by_record ON payments (unit, record);

-- How far a source was read.
CREATE TABLE cursors (
    unit    INTEGER NOT NULL,
    source  TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    changed TEXT    NOT NULL,
    PRIMARY KEY (unit, source)
);
