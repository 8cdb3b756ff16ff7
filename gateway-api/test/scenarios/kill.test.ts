import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { ask, digestsOf, form, particulars, until } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Line } from '../support/line.js'
import { startCounty, type County } from '../support/network.js'

// As `npm run test:faults -- --rounds 100 --seed 7` sets them.
const rounds = Number(process.env['CAIZHENG_FAULT_ROUNDS'] ?? 4)
const seed = Number(process.env['CAIZHENG_FAULT_SEED'] ?? randomInt(2 ** 31))

/** Up to this many milliseconds, always the same for the same seed and round. */
const moment = (limit: number, round: number): number =>
  (createHash('sha256').update(`${seed} ${round}`).digest().readUInt32BE() / 2 ** 32) * limit

const script = fileURLToPath(new URL('../support/gateway-process.js', import.meta.url))

describe('a gateway that is killed', function () {
  this.timeout(120_000 + rounds * 10_000)
  let county: County
  let line: Line
  let child: ChildProcess | undefined
  const folder = temporaryFolders()

  before(async () => {
    county = await startCounty()
    line = new Line(county.network.peers.get('FinanceMSP') ?? '')
    await line.open()
  })

  after(async () => {
    child?.kill('SIGKILL')
    await line.cut()
    await county.stop()
  })

  async function start(directory: string): Promise<string> {
    const profile = join(directory, 'profile.json')
    writeFileSync(profile, JSON.stringify(county.profile('FinanceMSP', line.address)))
    child = spawn(process.execPath, [script, profile, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
    if (child.stdout === null) throw new Error('no output')
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
    return url
  }

  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    if (child === undefined) throw new Error('nothing to kill')
    const exit = once(child, 'exit')
    child.kill(signal)
    const [code] = (await exit) as [number | null]
    return code
  }

  const anchorsOnChain = async (bytes: Uint8Array): Promise<number> => {
    const client = await county.client('AuditMSP')
    const ids: string[] = []
    const query = { algorithm: 'sha256', digest: digestsOf(bytes).sha256 } as const
    for await (const { id } of client.evidence.find(query)) ids.push(id)
    return ids.length
  }

  /** Valid transactions that wrote this anchor, in the whole chain. */
  async function writesOf(ids: ReadonlySet<string>): Promise<Map<string, number>> {
    const client = await county.client('AuditMSP')
    const height = await client.height()
    const writes = new Map<string, number>()
    for await (const block of client.followBlocks({ from: 0 })) {
      for (const transaction of block.transactions.filter(({ valid }) => valid)) {
        for (const { key } of transaction.writes) if (ids.has(key)) writes.set(key, (writes.get(key) ?? 0) + 1)
      }
      if (block.number === height - 1) return writes
    }
    throw new Error('the blocks ended early')
  }

  it('loses nothing it acknowledged and does nothing twice: with documents queued', async () => {
    const directory = folder()
    let url = await start(directory)
    await line.cut()
    const files = Array.from({ length: 8 }, () => randomBytes(64))
    for (const [n, file] of files.entries()) {
      const response = await fetch(new URL('/v1/documents', url), {
        method: 'POST',
        body: form(particulars(`Q-${n}`), file),
      })
      expect(response.status).to.equal(202)
    }
    await kill('SIGKILL')
    await line.open()
    url = await start(directory)
    for (const file of files) {
      await until(
        () => ask(url, `/v1/documents/${digestsOf(file).sha256}`),
        ({ body }) => ((body['anchors'] ?? []) as unknown[]).length === 1,
        60_000,
      )
      expect(await anchorsOnChain(file)).to.equal(1)
    }
    expect(await kill('SIGTERM')).to.equal(0)
  })

  it(`loses nothing it acknowledged and does nothing twice: under load, round after round (seed ${seed})`, async () => {
    const directory = folder()
    const acknowledged: Uint8Array[] = []
    for (let round = 0; round < rounds; round++) {
      const url = await start(directory)
      let running = true
      const senders = Array.from({ length: 8 }, async (_, sender) => {
        for (let n = 0; running; n++) {
          const file = randomBytes(64)
          const body = form(particulars(`L-${round}-${sender}-${n}`), file)
          const response = await fetch(new URL('/v1/documents', url), { method: 'POST', body }).catch(() => undefined)
          if (response?.status === 202) acknowledged.push(file)
          await response?.text().catch(() => undefined)
        }
      })
      await new Promise((resolve) => setTimeout(resolve, 200 + moment(700, round)))
      const killed = kill('SIGKILL')
      await killed
      running = false
      await Promise.all(senders)
    }
    expect(acknowledged.length).to.be.greaterThan(20)
    const url = await start(directory)
    const ids = new Set<string>()
    for (const file of acknowledged) {
      const { body } = await until(
        () => ask(url, `/v1/documents/${digestsOf(file).sha256}`),
        (answer) => ((answer.body['anchors'] ?? []) as unknown[]).length > 0,
        60_000,
      )
      const anchors = body['anchors'] as { id: string }[]
      expect(anchors).to.have.length(1)
      ids.add(`anchor:${anchors[0]?.id}`)
    }
    const writes = await writesOf(ids)
    expect(writes.size).to.equal(acknowledged.length)
    expect([...writes.values()].every((count) => count === 1)).to.equal(true)
    expect(await kill('SIGTERM')).to.equal(0)
  })
})
