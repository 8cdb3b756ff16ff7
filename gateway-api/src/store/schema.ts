/**
 * Two halves with different worth. `outbox` is the journal: the only copy of what was acknowledged and is not yet on
 * the chain. `anchors`, `records…` and `checkpoint` are the index: a copy of the chain, which {@link AnchorIndex.clear} may empty at
 * any time.
 */
const first = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    place       TEXT NOT NULL UNIQUE,
    state       TEXT NOT NULL CHECK (state IN ('QUEUED', 'ANCHORED', 'REFUSED')),
    project     TEXT NOT NULL,
    type        TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    sm3         TEXT NOT NULL,
    request     TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    retry_at    INTEGER NOT NULL DEFAULT 0,
    last_error  TEXT,
    outcome     TEXT
  ) STRICT;
  CREATE INDEX outbox_queued ON outbox (seq) WHERE state = 'QUEUED';
  CREATE INDEX outbox_sha256 ON outbox (sha256);
  CREATE INDEX outbox_sm3 ON outbox (sm3);

  CREATE TABLE anchors (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    block       INTEGER NOT NULL,
    tx_index    INTEGER NOT NULL,
    tx          TEXT NOT NULL,
    project     TEXT NOT NULL,
    type        TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    sm3         TEXT NOT NULL,
    record      TEXT NOT NULL
  ) STRICT;
  CREATE INDEX anchors_project ON anchors (project, type, seq);
  CREATE INDEX anchors_type ON anchors (type, seq);
  CREATE INDEX anchors_sha256 ON anchors (sha256);
  CREATE INDEX anchors_sm3 ON anchors (sm3);

  CREATE TABLE checkpoint (one INTEGER PRIMARY KEY CHECK (one = 1), block INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
`

/**
 * Batches. The leaves of a batch are its rows in `outbox`, in the order of `position`; with the salt in `leaf` they are the
 * only thing in the world that evidence of their documents can be made from, so none of them is ever deleted. `block` is set
 * with the batch's settlement. Documents that were queued before this version stay on their way of old: they may have been
 * submitted already.
 */
const second = `
  CREATE TABLE batches (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    root       TEXT NOT NULL UNIQUE,
    request    TEXT NOT NULL,
    settlement TEXT
  ) STRICT;
  CREATE INDEX batches_unsettled ON batches (seq) WHERE settlement IS NULL;

  ALTER TABLE outbox ADD COLUMN route TEXT NOT NULL DEFAULT 'SINGLE' CHECK (route IN ('SINGLE', 'BATCH'));
  ALTER TABLE outbox ADD COLUMN batch INTEGER REFERENCES batches (seq);
  ALTER TABLE outbox ADD COLUMN position INTEGER;
  ALTER TABLE outbox ADD COLUMN leaf TEXT;
  ALTER TABLE outbox ADD COLUMN block INTEGER;
  CREATE INDEX outbox_single ON outbox (seq) WHERE state = 'QUEUED' AND route = 'SINGLE';
  CREATE INDEX outbox_to_batch ON outbox (seq) WHERE state = 'QUEUED' AND route = 'BATCH' AND batch IS NULL;
  CREATE UNIQUE INDEX outbox_leaves ON outbox (batch, position) WHERE batch IS NOT NULL;
  CREATE INDEX outbox_listed ON outbox (block, batch, position) WHERE block IS NOT NULL;
  CREATE INDEX outbox_project ON outbox (project, block, batch, position) WHERE block IS NOT NULL;
`

/**
 * Business records, each as the chain holds it now; `seq` is the order in which they appeared. The index is emptied, so that
 * blocks that were followed before this version are read again.
 */
const third = `
  CREATE TABLE records (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    project  TEXT,
    contract TEXT,
    status   TEXT,
    day      TEXT,
    block    INTEGER NOT NULL,
    tx_index INTEGER NOT NULL,
    tx       TEXT NOT NULL,
    called   TEXT NOT NULL,
    record   TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT;
  CREATE INDEX records_kind ON records (kind, seq);
  CREATE INDEX records_project ON records (kind, project, seq);
  CREATE INDEX records_contract ON records (kind, contract, seq);
  CREATE INDEX records_status ON records (kind, status, seq);
  CREATE INDEX records_day ON records (kind, day);

  CREATE TABLE record_parties (
    uscc   TEXT NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (uscc, record)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX record_parties_record ON record_parties (record);

  CREATE TABLE record_places (
    record   INTEGER NOT NULL,
    block    INTEGER NOT NULL,
    tx_index INTEGER NOT NULL,
    tx       TEXT NOT NULL,
    called   TEXT NOT NULL,
    status   TEXT,
    PRIMARY KEY (record, block, tx_index)
  ) STRICT, WITHOUT ROWID;

  DELETE FROM anchors;
  DELETE FROM checkpoint;
`

/** What leads from each version of the tables to the next, from none at all on. A published step is never changed. */
export const migrations: readonly string[] = [first, second, third]

/** Version of the tables after all {@link migrations}, kept in SQLite's user_version. */
export const SCHEMA_VERSION = migrations.length
