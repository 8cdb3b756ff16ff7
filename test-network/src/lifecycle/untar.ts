const BLOCK = 512
/** Types of entries: a plain file in both its forms, and the extended headers that speak of the next entry. */
const FILE: readonly string[] = ['0', '\0']
const EXTENSIONS: readonly string[] = ['x', 'g']

/** An entry of an archive. */
export interface ArchiveEntry {
  readonly name: string
  readonly isFile: boolean
  /** The type's character. */
  readonly type: string
  readonly content: Uint8Array
}

/**
 * Reads a tar archive.
 * @throws Error where it is none
 */
export function untar(archive: Uint8Array): ArchiveEntry[] {
  const entries: ArchiveEntry[] = []
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) break
    if (checksum(header) !== octal(header, 148, 8)) throw invalidHeader()
    const name = text(header, 0, 100)
    const size = octal(header, 124, 12)
    const type = String.fromCharCode(header[156] ?? 0)
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size)
    if (content.length < size) throw new Error(`could not read ${name} from tar: unexpected EOF`)
    if (!EXTENSIONS.includes(type)) entries.push({ name, isFile: FILE.includes(type), type, content })
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return entries
}

/** The sum of a header's bytes, its own field counted as spaces. */
function checksum(header: Buffer): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0)
}

function text(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? length : end).toString()
}

function octal(header: Buffer, at: number, length: number): number {
  const digits = text(header, at, length).trim()
  if (!/^[0-7]+$/.test(digits)) throw invalidHeader()
  return parseInt(digits, 8)
}

const invalidHeader = (): Error => new Error('error inspecting next tar header: archive/tar: invalid tar header')
