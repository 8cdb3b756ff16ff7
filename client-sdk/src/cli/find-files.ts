import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** A document that was asked for, and where it stands below what was asked for: a folder's structure is kept. */
export interface FoundFile {
  readonly file: string
  readonly below: string
}

/**
 * The documents behind the arguments: a file is itself, a folder all files in it and below, and a pattern with `*`, `?` or
 * `**` (which shells don't always resolve) the files that it matches. Evidence files and hidden ones are no documents.
 */
export async function findFiles(args: readonly string[]): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>()
  for (const arg of args) {
    const info = await stat(arg).catch(() => undefined)
    if (info?.isDirectory()) for (const each of await filesBelow(arg, () => true)) found.set(each.file, each)
    else if (info === undefined && /[*?]/.test(arg)) for (const each of await matching(arg)) found.set(each.file, each)
    // One that isn't there is reported where it is read.
    else found.set(arg, { file: arg, below: arg.split(/[\\/]/).at(-1) ?? arg })
  }
  return [...found.values()]
}

async function matching(pattern: string): Promise<FoundFile[]> {
  const parts = pattern.split('/')
  const first = parts.findIndex((part) => /[*?]/.test(part))
  const folder = parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.')
  const wanted = expressionOf(parts.slice(first))
  return filesBelow(folder, (below) => wanted.test(below))
}

/** `**` is any number of folders, `*` and `?` stay within one name. */
function expressionOf(parts: readonly string[]): RegExp {
  const text = parts.map((part, index) => {
    const last = index === parts.length - 1
    if (part === '**') return last ? '.*' : '(?:[^/]+/)*'
    const name = part
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')
    return last ? name : `${name}/`
  })
  return new RegExp(`^${text.join('')}$`, 'u')
}

async function filesBelow(folder: string, wanted: (below: string) => boolean): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && !/^\.|\.evidence\.json$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, below: relative(folder, file).split(sep).join('/') }))
    .filter(({ below }) => wanted(below))
    .sort((a, b) => (a.below < b.below ? -1 : 1))
}
