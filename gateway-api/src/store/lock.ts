import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { GatewayError } from '../gateway-error.js'

/**
 * Takes a folder for this gateway alone: two would submit the same documents. The lock is SQLite's own on a file beside the
 * database, so that the system lifts it even after kill -9. (Not on the database itself: libsql keeps a closed file open until
 * its statements are garbage collected, and here there are none.)
 *
 * @returns gives the folder back
 * @throws {@link GatewayError} DIRECTORY_IN_USE, DIRECTORY_UNUSABLE
 */
export function lockDirectory(directory: string): () => void {
  let lock: Database.Database | undefined
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    lock = new Database(join(directory, 'gateway.lock'))
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    const { code, message } = error as { code?: string; message: string }
    if (code !== 'SQLITE_BUSY') {
      throw new GatewayError('DIRECTORY_UNUSABLE', `cannot use ${directory}: ${message}`, { cause: error })
    }
    const advice = 'stop it, or give another directory'
    throw new GatewayError('DIRECTORY_IN_USE', `${directory} is held by another gateway: ${advice}`, { cause: error })
  }
  const held = lock
  return () => {
    held.exec('ROLLBACK')
    held.close()
  }
}
