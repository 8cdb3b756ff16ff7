import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { expect } from 'chai'
import { blockHash, encodeBlock, parseBlock, toHex } from '@caizheng/fabric-wire'
import { candidatesOf, verifyLedger, type CommittedBlock } from '../../src/ledger/index.js'
import { openLedgerOn } from '../../src/ledger/open.js'
import { seal } from '../../src/ledger/store/checksum.js'
import type { Level } from '../../src/ledger/store/database.js'
import { blockKey, checkpointKey, formatKey, stateKey } from '../../src/ledger/store/keys.js'
import { encodeFormat } from '../../src/ledger/store/records.js'
import { Bench, CHANNEL, NAMESPACE, collect, commit, del, genesis, nextBlock, put, rejection } from './support.js'

const levelOptions = { keyEncoding: 'buffer', valueEncoding: 'buffer' } as const

/** Opens a closed ledger's database as it is on the disk. */
async function tamper(directory: string, change: (level: Level) => Promise<void>): Promise<void> {
  const level: Level = new ClassicLevel(join(directory, 'data'), levelOptions)
  await level.open()
  await change(level)
  await level.close()
}

describe('ledger: the store', () => {
  const bench = new Bench()
  afterEach(() => bench.clear())

  /** A closed ledger of five blocks; every block writes `counter` and a key of its own. */
  async function closedLedger(): Promise<string> {
    const directory = await bench.directory()
    const ledger = await bench.open(directory)
    for (let i = 1; i < 5; i++)
      await commit(ledger, [{ txId: `tx${i}`, writes: [put('counter', `${i}`), put(`k${i}`, 'v')] }])
    await ledger.close()
    return directory
  }

  it('starts with the genesis block and goes on where it was closed', async () => {
    const directory = await bench.directory()
    const first = await bench.open(directory)
    expect(first.height).to.equal(1)
    expect(toHex(first.tip.hash)).to.equal(toHex(blockHash(parseBlock(genesis).header)))
    expect(first.commitHash).to.have.length(0)
    const { hash, commitHash, bytes } = await commit(first, [{ txId: 'a', writes: [put('k', '1')] }])
    await first.close()
    const second = await bench.open(directory)
    expect(second.tip).to.deep.equal({ number: 1, hash: Buffer.from(hash) })
    expect(toHex(second.commitHash)).to.equal(toHex(commitHash))
    expect(toHex((await second.block(1)) as Uint8Array)).to.equal(toHex(bytes))
    expect(await second.block(2)).to.equal(undefined)
    await commit(second, [{ txId: 'b' }])
    expect(second.height).to.equal(3)
  })

  it('gives history newest first, with time and deletion, and stops when told', async () => {
    const ledger = await bench.open()
    await commit(ledger, [
      { txId: 'a', writes: [put('k', '1')] },
      { txId: 'b', writes: [put('k', '2'), put('kk', 'no')] },
    ])
    await commit(ledger, [
      { txId: 'c', writes: [del('k')] },
      { txId: 'd', code: 10, writes: [put('k', 'no')] },
    ])
    const entries = await collect(ledger.history(NAMESPACE, 'k'))
    expect(entries.map(({ txId, block, index, isDelete }) => [txId, block, index, isDelete])).to.deep.equal([
      ['c', 2, 0, true],
      ['b', 1, 1, false],
      ['a', 1, 0, false],
    ])
    expect(entries[0]?.timestamp).to.deep.equal({ seconds: 1_780_000_002, nanos: 1000 })
    for await (const { txId } of ledger.history(NAMESPACE, 'k')) {
      expect(txId).to.equal('c')
      break
    }
  })

  it('shows a snapshot one height, whatever is committed meanwhile', async () => {
    const ledger = await bench.open()
    await commit(ledger, [{ txId: 'a', writes: [put('k', '1'), put('l', '1')] }])
    const snapshot = ledger.snapshot()
    const rows = snapshot.range(NAMESPACE, '', '')[Symbol.asyncIterator]()
    await rows.next()
    await commit(ledger, [{ txId: 'b', writes: [put('k', '2'), del('l'), put('m', '1')] }])
    expect(snapshot.height).to.equal(2)
    expect(Buffer.from((await snapshot.get(NAMESPACE, 'k'))?.value ?? []).toString()).to.equal('1')
    const second = await rows.next()
    expect(second.done ? undefined : second.value.key).to.equal('l')
    expect((await rows.next()).done).to.equal(true)
    const unfinished = snapshot.range(NAMESPACE, '', '')[Symbol.asyncIterator]()
    await snapshot.close()
    expect(await rejection(Promise.resolve().then(() => snapshot.get(NAMESPACE, 'k')))).to.include({ code: 'CLOSED' })
    expect(await rejection(unfinished.next())).to.include({ code: 'CLOSED' })
    const now = ledger.snapshot()
    expect((await collect(now.range(NAMESPACE, '', ''))).map(({ key }) => key)).to.deep.equal(['k', 'm'])
    await now.close()
  })

  it('tells listeners of each block after it is durable, in order, until they leave', async () => {
    const ledger = await bench.open()
    const heard: CommittedBlock[] = []
    const leave = ledger.onCommit((block) => {
      expect(ledger.height).to.equal(block.number + 1)
      heard.push(block)
    })
    ledger.onCommit(() => {
      throw new Error('a listener that fails harms nobody')
    })
    await commit(ledger, [{ txId: 'a' }, { txId: 'b', code: 10 }])
    await commit(ledger, [{ txId: 'c' }])
    leave()
    await commit(ledger, [{ txId: 'd' }])
    expect(heard.map(({ number, txIds, codes }) => [number, txIds, [...codes]])).to.deep.equal([
      [1, ['a', 'b'], [0, 10]],
      [2, ['c'], [0]],
    ])
    expect(toHex(heard[0]?.bytes ?? new Uint8Array())).to.equal(toHex((await ledger.block(1)) as Uint8Array))
  })

  it('waits for the disk at every block, with all of a block in one batch', async () => {
    const writes: { sync: boolean | undefined; puts: number }[] = []
    class WatchedLevel extends ClassicLevel<Buffer, Buffer> {
      override batch(...args: unknown[]): never {
        const batch = super.batch(...(args as [])) as unknown as {
          length: number
          write(options?: { sync?: boolean }): Promise<void>
        }
        const write = batch.write.bind(batch)
        batch.write = (options) => {
          writes.push({ sync: options?.sync, puts: batch.length })
          return write(options)
        }
        return batch as never
      }
      override put(): never {
        throw new Error('a single write is no batch')
      }
      override del(): never {
        throw new Error('a single write is no batch')
      }
    }
    const create = (location: string): Level => new WatchedLevel(location, levelOptions) as unknown as Level
    const ledger = await openLedgerOn(await bench.directory(), { channel: CHANNEL, genesis }, create)
    await commit(ledger, [{ txId: 'a', writes: [put('k', '1')] }])
    await ledger.close()
    expect(writes.map(({ sync }) => sync)).to.deep.equal([true, true])
    expect(writes[1]?.puts).to.be.greaterThan(5)
  })

  it('takes nothing more after a write that failed, and is whole when opened again', async () => {
    let full = false
    class FullDisk extends ClassicLevel<Buffer, Buffer> {
      override batch(...args: unknown[]): never {
        const batch = super.batch(...(args as [])) as unknown as { write(options?: object): Promise<void> }
        const write = batch.write.bind(batch)
        batch.write = (options) => (full ? Promise.reject(new Error('no space left on device')) : write(options))
        return batch as never
      }
    }
    const create = (location: string): Level => new FullDisk(location, levelOptions) as unknown as Level
    const directory = await bench.directory()
    const ledger = await openLedgerOn(directory, { channel: CHANNEL, genesis }, create)
    await commit(ledger, [{ txId: 'a', writes: [put('k', '1')] }])
    const heard: number[] = []
    ledger.onCommit(({ number }) => heard.push(number))
    full = true
    expect(await rejection(commit(ledger, [{ txId: 'b' }]))).to.include({ code: 'WRITE_FAILED' })
    full = false
    expect(await rejection(commit(ledger, [{ txId: 'c' }]))).to.include({ code: 'WRITE_FAILED' })
    expect([ledger.height, heard.length]).to.deep.equal([2, 0])
    await ledger.close()
    const again = await bench.open(directory)
    await commit(again, [{ txId: 'b' }])
    expect(again.height).to.equal(3)
  })

  it('refuses a block that does not follow, or contradicts its candidates, and stays usable', async () => {
    const ledger = await bench.open()
    const block = nextBlock(ledger, [{ txId: 'a' }])
    const candidates = candidatesOf(block)
    const { header } = block
    const refused = async (wrong: typeof block, given = candidates): Promise<string | undefined> =>
      (await rejection(ledger.commit(wrong, given))).code
    expect(await refused({ ...block, header: { ...header, number: 2 } })).to.equal('OUT_OF_ORDER')
    expect(await refused({ ...block, header: { ...header, previousHash: new Uint8Array(32) } })).to.equal(
      'OUT_OF_ORDER',
    )
    expect(await refused({ ...block, data: [Buffer.from('other')] })).to.equal('INVALID_BLOCK')
    expect(await refused(block, [])).to.equal('INVALID_BLOCK')
    expect(await refused(block, [{ txId: 'a', code: 254 }])).to.equal('INVALID_BLOCK')
    const both = await Promise.allSettled([ledger.commit(block, candidates), ledger.commit(block, candidates)])
    expect(both.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected'])
    expect(ledger.height).to.equal(2)
  })

  it('refuses the folder of another channel or another genesis block', async () => {
    const directory = await closedLedger()
    const { header, data, metadata } = parseBlock(genesis)
    const otherGenesis = encodeBlock({ header: { ...header, previousHash: Buffer.from('x') }, data, metadata })
    expect((await rejection(bench.open(directory, { channel: 'pilot' }))).code).to.equal('OTHER_CHANNEL')
    expect((await rejection(bench.open(directory, { genesis: otherGenesis }))).code).to.equal('OTHER_CHANNEL')
    expect((await bench.open(directory)).height).to.equal(5)
  })

  it('refuses a ledger of a newer version', async () => {
    const directory = await closedLedger()
    const newer = encodeFormat({ version: 2, channel: CHANNEL, genesis: '' })
    await tamper(directory, (level) => level.put(formatKey, seal(formatKey, newer)))
    const error = await rejection(bench.open(directory))
    expect(error.code).to.equal('NEWER_FORMAT')
    expect(error.message).to.match(/format 2.*up to 1/)
    expect((await rejection(verifyLedger(directory))).code).to.equal('NEWER_FORMAT')
  })

  it('refuses a folder that another handle or another process holds', async () => {
    const directory = await closedLedger()
    await bench.open(directory)
    expect((await rejection(bench.open(directory))).code).to.equal('IN_USE')
    expect((await rejection(verifyLedger(directory))).code).to.equal('IN_USE')
    const script = `
      const { openLedger } = await import(${JSON.stringify(new URL('../../src/ledger/index.js', import.meta.url).href)})
      await openLedger(${JSON.stringify(directory)}, {
        channel: ${JSON.stringify(CHANNEL)}, genesis: Buffer.from(${JSON.stringify(toHex(genesis))}, 'hex'),
      }).catch((error) => console.log(error.code, error.message))`
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(other.stdout).to.match(/^IN_USE .*another process/)
  })

  it('gives the folder free again where opening failed', async () => {
    const directory = await closedLedger()
    await rejection(bench.open(directory, { channel: 'pilot' }))
    await (await bench.open(directory)).close()
    await verifyLedger(directory)
  })

  describe('verifyLedger', () => {
    it('reports what a sound ledger holds, and leaves nothing behind', async () => {
      const directory = await closedLedger()
      const progress: string[] = []
      const report = await verifyLedger(directory, ({ phase, done }) => progress.push(`${phase} ${done}`))
      expect(report).to.include({ channel: CHANNEL, height: 5, transactions: 5, validTransactions: 5 })
      expect(progress).to.deep.equal(['files 0', 'blocks 1', 'blocks 2', 'blocks 3', 'blocks 4', 'blocks 5'])
      expect((await readdir(directory)).sort()).to.deep.equal(['data', 'guard'])
    })

    it('refuses a folder without a ledger, and does not make one of it', async () => {
      const directory = await bench.directory()
      expect((await rejection(verifyLedger(directory))).code).to.equal('NOT_A_LEDGER')
      expect(await readdir(directory)).to.deep.equal([])
    })

    const cases: [string, (level: Level) => Promise<void>, RegExp][] = [
      [
        'a changed value',
        (level) => level.put(stateKey(NAMESPACE, 'k1'), reseal('k1', 'w')),
        /state of "evidence", key "k1": it is not/,
      ],
      [
        'a missing value',
        (level) => level.del(stateKey(NAMESPACE, 'k2')),
        /state of "evidence", key "k2": it is missing/,
      ],
      [
        'a value too many',
        (level) => level.put(stateKey(NAMESPACE, 'k9'), reseal('k9', 'v')),
        /state of "evidence", key "k9": no block/,
      ],
      [
        'a value under the wrong key',
        async (level) => {
          await level.put(stateKey(NAMESPACE, 'k1'), (await level.get(stateKey(NAMESPACE, 'k2'))) as Buffer)
        },
        /state of "evidence", key "k1": the checksum/,
      ],
      ['a missing block', (level) => level.del(blockKey(2)), /block 2: it is missing/],
      ['a missing checkpoint', (level) => level.del(checkpointKey), /checkpoint: it is missing/],
    ]
    function reseal(key: string, value: string): Buffer {
      const stored = stateKey(NAMESPACE, key)
      return seal(stored, Buffer.concat([Buffer.alloc(12), Buffer.from(value)]))
    }
    for (const [what, change, finding] of cases) {
      it(`finds ${what}, and says where`, async () => {
        const directory = await closedLedger()
        await tamper(directory, change)
        const error = await rejection(verifyLedger(directory))
        expect(error.code).to.equal('DAMAGED')
        expect(error.message).to.match(finding)
      })
    }

    it('finds a flag that its reads contradict, and a commit hash of other changes', async () => {
      const directory = await closedLedger()
      await tamper(directory, async (level) => {
        const key = blockKey(3)
        const block = parseBlock(((await level.get(key)) as Buffer).subarray(0, -4))
        block.metadata[2] = Uint8Array.of(11)
        await level.put(key, seal(key, encodeBlock(block)))
      })
      expect((await rejection(verifyLedger(directory))).message).to.match(/^block 3: its transaction 0 is flagged 11/)
      const another = await closedLedger()
      await tamper(another, async (level) => {
        const key = blockKey(3)
        const block = parseBlock(((await level.get(key)) as Buffer).subarray(0, -4))
        block.metadata[4] = parseBlock(((await level.get(blockKey(2))) as Buffer).subarray(0, -4))
          .metadata[4] as Uint8Array
        await level.put(key, seal(key, encodeBlock(block)))
      })
      expect((await rejection(verifyLedger(another))).message).to.match(/^block 3: its commit hash/)
    })
  })
})
