import { damaged } from '../errors.js'
import { ByteReader } from './byte-reader.js'
import { readLog } from './log-file.js'

/** The files that a LevelDB database consists of. Others in its folder were left by a crash, and mean nothing. */
export interface LiveFiles {
  /** Sizes of the tables by their numbers. */
  readonly tables: ReadonlyMap<number, number>
  /** The oldest log whose records are not in tables yet. */
  readonly firstLog: number
}

/** Tags of the fields of an edit. */
const Tag = {
  COMPARATOR: 1,
  LOG_NUMBER: 2,
  NEXT_FILE: 3,
  LAST_SEQUENCE: 4,
  COMPACT_POINTER: 5,
  DELETED_FILE: 6,
  NEW_FILE: 7,
  PREVIOUS_LOG: 9,
} as const

/**
 * Reads LevelDB's manifest: a log of edits to the set of files.
 *
 * @throws LedgerError `DAMAGED` with file and byte
 */
export function readManifest(bytes: Buffer, name: string): LiveFiles {
  const tables = new Map<number, number>()
  let firstLog = 0
  for (const record of readLog(bytes, name)) {
    try {
      firstLog = applyEdit(new ByteReader(record), tables) ?? firstLog
    } catch (error) {
      throw damaged(`file ${name}`, 'an edit in it cannot be read', error)
    }
  }
  return { tables, firstLog }
}

/** @returns the log number, where the edit sets it */
function applyEdit(edit: ByteReader, tables: Map<number, number>): number | undefined {
  let firstLog: number | undefined
  while (!edit.atEnd) {
    const tag = edit.varint()
    switch (tag) {
      case Tag.LOG_NUMBER:
        firstLog = edit.varint()
        break
      case Tag.NEXT_FILE:
      case Tag.LAST_SEQUENCE:
      case Tag.PREVIOUS_LOG:
        edit.varint()
        break
      case Tag.COMPARATOR:
        edit.take(edit.varint())
        break
      case Tag.COMPACT_POINTER:
        edit.varint()
        edit.take(edit.varint())
        break
      case Tag.DELETED_FILE:
        edit.varint()
        tables.delete(edit.varint())
        break
      case Tag.NEW_FILE: {
        edit.varint()
        const number = edit.varint()
        tables.set(number, edit.varint())
        edit.take(edit.varint())
        edit.take(edit.varint())
        break
      }
      default:
        throw new RangeError(`there is no tag ${tag}`)
    }
  }
  return firstLog
}
