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
    // What a savepoint keeps to take a statement back with; as a file it costs more than the statement. A crash needs none of it.
    database.pragma('temp_store = MEMORY')
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

/** Preparing costs as much as running, and a request of thousands of documents runs the same few statements. */
const statements = new WeakMap<Sqlite, Map<string, Database.Statement>>()

/** A statement, prepared once. For text that stays the same: one a condition, not one a value. */
export function prepared(database: Sqlite, sql: string): Database.Statement {
  let known = statements.get(database)
  if (known === undefined) statements.set(database, (known = new Map<string, Database.Statement>()))
  let statement = known.get(sql)
  if (statement === undefined) known.set(sql, (statement = database.prepare(sql)))
  return statement
}

/** The first row, or undefined. (`get` of libsql adds a `_metadata` field to its row; this doesn't.) */
export function first<Row>(database: Sqlite, sql: string, ...parameters: unknown[]): Row | undefined {
  return prepared(database, sql).all(...parameters)[0] as Row | undefined
}
