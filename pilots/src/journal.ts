import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeWhole } from './write-whole.js'

/** How far a pilot was played. */
export interface Played {
  /** Numbers of the steps that are over. */
  readonly done: readonly number[]
  /** The step that may have been on its way when the journal was last written, and the first block that can hold it. */
  readonly underWay?: { readonly seq: number; readonly block: number }
}

/** Remembers across interruptions how far each pilot was played. */
export interface PilotJournal {
  read(pilot: string): Promise<Played>
  /** Resolves when it is on the disk. */
  write(pilot: string, played: Played): Promise<void>
}

/** A journal with a small file for each pilot in a folder. */
export function pilotJournal(folder: string): PilotJournal {
  const fileOf = (pilot: string): string => path.join(folder, `${pilot}.json`)
  return {
    async read(pilot) {
      const text = await readFile(fileOf(pilot), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '{"done":[]}'
        throw error
      })
      return JSON.parse(text) as Played
    },
    write: (pilot, played) => writeWhole(fileOf(pilot), JSON.stringify(played)),
  }
}
