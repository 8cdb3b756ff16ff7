import { mkdir, open, rename } from 'node:fs/promises'
import path from 'node:path'

/** Writes a file that only its owner reads: all of it is on the disk when this resolves, or what was there before. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
}
