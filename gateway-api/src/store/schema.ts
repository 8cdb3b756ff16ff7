/** Version of the tables below, kept in SQLite's user_version. */
export const SCHEMA_VERSION = 1

/**
 * Two halves with different worth. `outbox` is the journal: the only copy of what was acknowledged and is not yet on
 * the chain. `anchors` and `checkpoint` are the index: a copy of the chain, which {@link AnchorIndex.clear} may empty at any time.
 */
export const schema = `
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
