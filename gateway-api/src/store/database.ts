import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { GatewayError } from '../gateway-error.js'
import { SCHEMA_VERSION, schema } from './schema.js'

export type Sqlite = Database.Database

/**
 * Opens the gateway's one database in `directory`, creating both on first use.
 *
 * synchronous=FULL makes a commit return only after the write-ahead log has been synced: what the journal promises to a
 * caller rests on that. locking_mode=EXCLUSIVE keeps a second gateway off the same folder for as long as this one lives;
 * the system lifts the lock even after kill -9.
 *
 * @throws {@link GatewayError} DIRECTORY_UNUSABLE, DIRECTORY_IN_USE or DATABASE_NEWER
 */
export function openDatabase(directory: string): Sqlite {
  const path = join(directory, 'gateway.db')
  let database: Sqlite | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    database = new Database(path)
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    migrate(database, path)
    return database
  } catch (error) {
    database?.close()
    throw asGatewayError(error, path)
  }
}

function migrate(database: Sqlite, path: string): void {
  const version = (database.pragma('user_version') as { user_version: number }[])[0]?.user_version ?? 0
  if (version > SCHEMA_VERSION) {
    throw new GatewayError(
      'DATABASE_NEWER',
      `${path} was written by a newer version (${version}; this one knows ${SCHEMA_VERSION}): start that version, or give another directory`,
    )
  }
  database
    .transaction(() => {
      if (version === 0) database.exec(schema)
      database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
    })
    .immediate()
}

function asGatewayError(error: unknown, path: string): Error {
  if (error instanceof GatewayError) return error
  const { code, message } = error as { code?: string; message: string }
  if (code === 'SQLITE_BUSY') {
    return new GatewayError(
      'DIRECTORY_IN_USE',
      `${path} is held by another gateway: stop it, or give another directory`,
      { cause: error },
    )
  }
  return new GatewayError('DIRECTORY_UNUSABLE', `cannot use ${path}: ${message}`, { cause: error })
}

/** The first row, or undefined. (`get` of libsql adds a `_metadata` field to its row; this doesn't.) */
export function first<Row>(database: Sqlite, sql: string, ...parameters: unknown[]): Row | undefined {
  return database.prepare(sql).all(...parameters)[0] as Row | undefined
}
