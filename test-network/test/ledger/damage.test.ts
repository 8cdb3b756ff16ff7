import { cp, mkdtemp, open, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { toHex } from '@caizheng/fabric-wire'
import { LedgerError, openLedger, verifyLedger, type Ledger } from '../../src/ledger/index.js'
import { crc32c } from '../../src/ledger/store/crc32c.js'
import { pick, roundsOr, seed } from '../support/chance.js'
import { Bench, CHANNEL, NAMESPACE, collect, commit, genesis, put } from './support.js'

const KEYS = 12
const SESSIONS = 6
const BLOCKS_A_SESSION = 12

/** Several sessions, so that LevelDB has tables as well as a log. */
async function fill(bench: Bench, directory: string): Promise<void> {
  for (let session = 0; session < SESSIONS; session++) {
    const ledger = await bench.open(directory)
    for (let i = 0; i < BLOCKS_A_SESSION; i++) {
      const at = ledger.height
      const writes = [put(`key${at % KEYS}`, `value ${at} `.repeat(40)), put(`own${at}`, String(at))]
      await commit(ledger, [{ txId: `tx${at}`, writes }])
    }
    await ledger.close()
  }
}

/** Everything that a ledger can be asked, as one text. */
async function contents(ledger: Ledger): Promise<string> {
  const lines = [`${ledger.height} ${toHex(ledger.tip.hash)} ${toHex(ledger.commitHash)}`]
  for (let number = 0; number < ledger.height; number++) {
    lines.push(toHex((await ledger.block(number)) ?? new Uint8Array()))
    lines.push(JSON.stringify(await ledger.transaction(`tx${number}`)))
  }
  const snapshot = ledger.snapshot()
  for (const row of await collect(snapshot.range(NAMESPACE, '', ''))) {
    const alone = await snapshot.get(NAMESPACE, row.key)
    lines.push(JSON.stringify([row.key, row.version, toHex(row.value), alone?.version]))
  }
  await snapshot.close()
  for (let i = 0; i < KEYS; i++) {
    for (const entry of await collect(ledger.history(NAMESPACE, `key${i}`))) lines.push(JSON.stringify(entry))
  }
  return lines.join('\n')
}

type Damage = {
  kind: 'flip' | 'cut' | 'zero' | 'noise' | 'remove'
  file: number
  at: number
  bit: number
  length: number
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('flip', 'flip', 'flip', 'cut', 'zero', 'noise', 'remove'),
  file: fc.nat(),
  at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  bit: fc.nat({ max: 7 }),
  length: fc.integer({ min: 1, max: 600 }),
})

async function files(directory: string): Promise<string[]> {
  const found: string[] = []
  for (const folder of ['data', 'guard']) {
    for (const name of (await readdir(join(directory, folder))).sort()) {
      const path = join(directory, folder, name)
      if (!/^(LOG|LOCK)/.test(name) && (await stat(path)).size > 0) found.push(path)
    }
  }
  return found
}

async function inflict({ kind, file, at, bit, length }: Damage, directory: string): Promise<void> {
  const all = await files(directory)
  const path = all[file % all.length] as string
  const { size } = await stat(path)
  const offset = Math.floor(at * size)
  if (kind === 'remove') return rm(path)
  if (kind === 'cut') return truncate(path, offset)
  const handle = await open(path, 'r+')
  const bytes = Buffer.alloc(kind === 'flip' ? 1 : Math.min(length, size - offset))
  await handle.read(bytes, 0, bytes.length, offset)
  if (kind === 'flip') bytes[0] = (bytes[0] as number) ^ (1 << bit)
  else bytes.fill(kind === 'zero' ? 0 : 0xa5)
  await handle.write(bytes, 0, bytes.length, offset)
  await handle.close()
}

describe('ledger: damaged files', () => {
  const bench = new Bench()
  let sound: string
  let expected: string

  before(async () => {
    sound = await bench.directory()
    await fill(bench, sound)
    const ledger = await bench.open(sound)
    expected = await contents(ledger)
    // A log with blocks in it, beside the tables.
    for (let i = 0; i < 5; i++) await commit(ledger, [{ txId: `tx${ledger.height}`, writes: [put('last', `${i}`)] }])
    expected = await contents(ledger)
    await ledger.close()
  })
  after(() => bench.clear())

  async function copy(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'ledger-damaged-'))
    await cp(sound, directory, { recursive: true })
    return directory
  }

  /** Either all is as it was, or the ledger says where it is not. */
  async function opensRightOrRefuses(directory: string): Promise<'right' | 'refused'> {
    let ledger: Ledger | undefined
    try {
      ledger = await openLedger(directory, { channel: CHANNEL, genesis })
      const found = await contents(ledger)
      expect(found === expected, 'what was read is what was written').to.equal(true)
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error
      expect(error.code).to.equal('DAMAGED')
      expect(error.place).to.match(/\w/)
      expect(error.message).to.contain(error.place)
      return 'refused'
    } finally {
      await ledger?.close()
    }
    await verifyLedger(directory)
    return 'right'
  }

  it('opens an unharmed copy', async () => {
    const directory = await copy()
    expect(await opensRightOrRefuses(directory)).to.equal('right')
    await rm(directory, { recursive: true })
  })

  it('opens right or refuses with the place, never silently wrong', async function () {
    this.timeout(120_000 + roundsOr(10) * 15_000)
    const seen = { right: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(damage, async (harm) => {
        const directory = await copy()
        try {
          await inflict(harm, directory)
          seen[await opensRightOrRefuses(directory)]++
        } finally {
          await rm(directory, { recursive: true })
        }
      }),
      { numRuns: roundsOr(10) * 15, seed },
    )
    expect(seen.refused).to.be.greaterThan(30)
  })

  it('names the file and the byte of a flipped bit in a table', async () => {
    const directory = await copy()
    // All of them: after a compaction some may lie there that the store no longer reads.
    for (const table of (await files(directory)).filter((path) => path.endsWith('.ldb'))) {
      const bytes = await readFile(table)
      bytes[100] = (bytes[100] as number) ^ 1
      await writeFile(table, bytes)
    }
    const error = await openLedger(directory, { channel: CHANNEL, genesis }).catch((thrown: unknown) => thrown)
    expect((error as LedgerError).place).to.match(/^file \d+\.ldb at byte 0$/)
    await rm(directory, { recursive: true })
  })

  it('does not take what an interrupted compaction left for damage', async () => {
    const directory = await copy()
    await writeFile(join(directory, 'data', '000999.ldb'), 'half a table')
    await writeFile(join(directory, 'data', '000998.dbtmp'), 'half a name')
    expect(await opensRightOrRefuses(directory)).to.equal('right')
    await rm(directory, { recursive: true })
  })

  it('misses acknowledged blocks that a log lost at its end', async () => {
    const directory = await copy()
    const logs = (await files(directory)).filter((path) => /data.*\.log$/.test(path))
    expect(logs).to.have.length(1)
    const log = logs[0] as string
    await truncate(log, (await stat(log)).size - 10)
    const error = await openLedger(directory, { channel: CHANNEL, genesis }).catch((thrown: unknown) => thrown)
    expect((error as LedgerError).message).to.match(/^block \d+: it was acknowledged/)
    await rm(directory, { recursive: true })
  })

  it('opens right or refuses, whichever kind of file a bit was flipped in', async function () {
    this.timeout(120_000 + roundsOr(1) * 10_000)
    const all = (await files(sound)).map((path) => relative(sound, path))
    const kinds = new Set(all.map((name) => name.replace(/\d+/, '#')))
    for (const kind of ['data/#.ldb', 'data/#.log', 'data/MANIFEST-#', 'data/CURRENT'])
      expect([...kinds]).to.include(kind)
    for (const kind of ['guard/#.log', 'guard/MANIFEST-#', 'guard/CURRENT']) expect([...kinds]).to.include(kind)
    for (const name of all) {
      const { size } = await stat(join(sound, name))
      for (let i = 0; i < 3 * roundsOr(1); i++) {
        const directory = await copy()
        const bytes = await readFile(join(directory, name))
        const at = pick(size, name, i)
        bytes[at] = (bytes[at] as number) ^ (1 << pick(8, name, i, 'bit'))
        await writeFile(join(directory, name), bytes)
        await opensRightOrRefuses(directory)
        await rm(directory, { recursive: true })
      }
    }
  })

  it('knows CRC-32C', () => {
    // The check value of the algorithm, and the vectors of RFC 3720, B.4.
    expect(crc32c(Buffer.from('123456789'))).to.equal(0xe3069283)
    expect(crc32c(Buffer.alloc(32))).to.equal(0x8a9136aa)
    expect(crc32c(Buffer.alloc(32, 0xff))).to.equal(0x62a8ab43)
    expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, i) => i)))).to.equal(0x46dd794e)
  })
})
