import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { GatewayError } from '../gateway-error.js'
import { migrations, SCHEMA_VERSION } from './schema.js'

export type Sqlite = Database.Database

/**
 * Opens the gateway's one database in `directory`, creating both on first use. synchronous=FULL makes a commit return only
 * after the write-ahead log has been synced: what the journal promises to a caller rests on that.
 *
 * @throws {@link GatewayError} DIRECTORY_UNUSABLE or DATABASE_NEWER
 */
export function openDatabase(directory: string): Sqlite {
  const path = join(directory, 'gateway.db')
  let database: Sqlite | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    database = new Database(path)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    migrate(database, path)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof GatewayError) throw error
    throw new GatewayError('DIRECTORY_UNUSABLE', `cannot use ${path}: ${(error as Error).message}`, { cause: error })
  }
}

/** Takes the steps that the database has not seen, all or none. */
function migrate(database: Sqlite, path: string): void {
  const version = (database.pragma('user_version') as { user_version: number }[])[0]?.user_version ?? 0
  if (version > SCHEMA_VERSION) {
    const versions = `version ${version}; this one knows ${SCHEMA_VERSION}`
    const advice = 'start that version, or give another directory'
    throw new GatewayError('DATABASE_NEWER', `${path} was written by a newer version (${versions}): ${advice}`)
  }
  if (version === SCHEMA_VERSION) return
  const upgrade = database.transaction(() => {
    for (const step of migrations.slice(version)) database.exec(step)
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
  })
  upgrade.immediate()
}

/** The first row, or undefined. (`get` of libsql adds a `_metadata` field to its row; this doesn't.) */
export function first<Row>(database: Sqlite, sql: string, ...parameters: unknown[]): Row | undefined {
  return database.prepare(sql).all(...parameters)[0] as Row | undefined
}
