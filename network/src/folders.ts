import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where a network keeps what; the consortium's part is laid out as cryptogen does. */
export interface Folders {
  readonly root: string
  readonly consortium: string
  readonly logs: string
  /** A node's own folder, with its configuration and its data; made when asked for. */
  node(name: string): string
}

/** The folders below `root`, made where they are not there. */
export function openFolders(root: string): Folders {
  const make = (...parts: string[]): string => {
    const folder = join(root, ...parts)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  }
  return { root, consortium: join(root, 'consortium'), logs: make('logs'), node: (name) => make('nodes', name) }
}
