import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { ClassicLevel } from 'classic-level'
import { type Measurement } from '../measurement.js'
import { percentile, timeEach } from '../timing.js'

/** About what one transaction adds to a block. */
const bytes = 4200

/**
 * One write that is on the disk before it returns, by the store below the ledger: no commit can be faster.
 *
 * @param folder on the disk that the networks of the run use
 */
export async function syncedWrite(folder: string): Promise<Measurement> {
  const place = await mkdtemp(path.join(folder, 'synced-write-'))
  const store = new ClassicLevel<string, Buffer>(place, { valueEncoding: 'buffer' })
  await store.open()
  try {
    const value = Buffer.alloc(bytes, 7)
    const write = (index: number) => store.put(`key-${index}`, value, { sync: true })
    await timeEach(50, write)
    const times = await timeEach(500, write)
    return { what: `one synced write of ${bytes / 1000} kB, p50`, value: percentile(times, 0.5), unit: 'ms' }
  } finally {
    await store.close()
    await rm(place, { recursive: true })
  }
}
