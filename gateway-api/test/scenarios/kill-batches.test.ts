import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { verify } from '@caizheng/evidence'
import { parseBatch } from '@caizheng/records'
import { expect } from 'chai'
import { ask, digestsOf, form, particulars, post, until } from '../support/api.js'
import { temporaryFolders } from '../support/folder.js'
import { Line } from '../support/line.js'
import { startCounty, type County } from '../support/network.js'

const script = fileURLToPath(new URL('../support/gateway-process.js', import.meta.url))
const rides = { type: 'SUPERVISION_MONTHLY' }

describe('a gateway that is killed with documents in batches', function () {
  this.timeout(120_000)
  let county: County
  let line: Line
  let child: ChildProcess | undefined
  const folder = temporaryFolders()

  beforeEach(async () => {
    county = await startCounty()
    line = new Line(county.network.peers.get('FinanceMSP') ?? '')
    await line.open()
  })

  afterEach(async () => {
    child?.kill('SIGKILL')
    await line.cut()
    await county.stop()
  })

  async function start(directory: string, death = ''): Promise<string> {
    const profile = join(directory, 'profile.json')
    writeFileSync(profile, JSON.stringify(county.profile('FinanceMSP', line.address)))
    child = spawn(process.execPath, [script, profile, directory, death], { stdio: ['ignore', 'pipe', 'inherit'] })
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

  const stated = (number: string, bytes: Uint8Array) =>
    particulars(number, { ...rides, digests: digestsOf(bytes), size: bytes.length })

  const send = async (url: string, files: readonly Uint8Array[]): Promise<string[]> => {
    const documents = files.map((bytes, n) => stated(`K-${n}`, bytes))
    const { status, body } = await post(url, '/v1/submissions', { documents })
    expect(status).to.equal(202)
    return (body['submissions'] as { place: string }[]).map(({ place }) => place)
  }

  /** Documents in all batches of the chain, by what its valid transactions wrote. */
  async function sizesOnChain(): Promise<number[]> {
    const client = await county.client('AuditMSP')
    const height = await client.height()
    const sizes: number[] = []
    for await (const block of client.followBlocks({ from: 0 })) {
      for (const transaction of block.transactions.filter(({ valid }) => valid)) {
        for (const { key, value } of transaction.writes)
          if (key.startsWith('batch:')) sizes.push(parseBatch(value).size)
      }
      if (block.number === height - 1) return sizes
    }
    throw new Error('the blocks ended early')
  }

  async function allAnchored(url: string, places: readonly string[], files: readonly Uint8Array[]): Promise<void> {
    for (const place of places) {
      await until(
        () => ask(url, place),
        ({ body }) => body['state'] === 'ANCHORED',
        60_000,
      )
    }
    for (const [n, place] of places.entries()) {
      const evidence = await (await fetch(new URL(`${place}/evidence`, url))).arrayBuffer()
      const report = verify(files[n] as Uint8Array, new Uint8Array(evidence), county.trust)
      expect(report.outcome, report.statement.en).to.equal('VALID')
    }
  }

  it('heals between journal and submit', async () => {
    const directory = folder()
    let url = await start(directory)
    await line.cut()
    const files = Array.from({ length: 5 }, () => randomBytes(64))
    const places = await send(url, files)
    interface Check {
      name: string
      inFlight: number
    }
    await until(
      () => ask(url, '/readyz'),
      ({ body }) => (body['checks'] as Check[]).some(({ name, inFlight }) => name === 'outbox' && inFlight === 5),
    )
    await kill('SIGKILL')
    await line.open()
    url = await start(directory)
    await allAnchored(url, places, files)
    expect(await sizesOnChain()).to.deep.equal([5])
    expect(await kill('SIGTERM')).to.equal(0)
  })

  for (const death of ['before-receipt', 'after-receipt']) {
    it(`heals between anchor and journal: killed ${death}`, async () => {
      const directory = folder()
      let url = await start(directory, death)
      const files = Array.from({ length: 5 }, () => randomBytes(64))
      const exit = once(child as ChildProcess, 'exit')
      const places = await send(url, files)
      await exit
      expect(await sizesOnChain()).to.deep.equal([5])
      url = await start(directory)
      await allAnchored(url, places, files)
      expect(await sizesOnChain()).to.deep.equal([5])
      expect(await kill('SIGTERM')).to.equal(0)
    })
  }

  it('loses nothing and doubles nothing under load, round after round', async () => {
    const directory = folder()
    const acknowledged: Uint8Array[] = []
    for (let round = 0; round < 4; round++) {
      const url = await start(directory)
      let running = true
      const senders = Array.from({ length: 8 }, async (_, sender) => {
        for (let n = 0; running; n++) {
          const file = randomBytes(64)
          const body = form(particulars(`L-${round}-${sender}-${n}`, rides), file)
          const response = await fetch(new URL('/v1/documents', url), { method: 'POST', body }).catch(() => undefined)
          if (response?.status === 202) acknowledged.push(file)
          await response?.text().catch(() => undefined)
        }
      })
      await new Promise((resolve) => setTimeout(resolve, 300 + 150 * round))
      await kill('SIGKILL')
      running = false
      await Promise.all(senders)
    }
    expect(acknowledged.length).to.be.greaterThan(20)
    const url = await start(directory)
    for (const file of acknowledged) {
      await until(
        () => ask(url, `/v1/documents/${digestsOf(file).sha256}`),
        ({ body }) => ((body['batched'] ?? []) as unknown[]).length === 1,
        60_000,
      )
    }
    await until(
      () => ask(url, '/readyz'),
      ({ body }) =>
        (body['checks'] as { queued?: number }[]).every(({ queued }) => queued === undefined || queued === 0),
    )
    // Every document that the gateway holds, acknowledged or not, is in one batch and no other.
    let held = 0
    let next: string | undefined = '/v1/documents?limit=200'
    while (next !== undefined) {
      const { body } = await ask(url, next)
      held += (body['documents'] as unknown[]).length
      next = body['next'] as string | undefined
    }
    expect(held).to.be.at.least(acknowledged.length)
    expect((await sizesOnChain()).reduce((sum, size) => sum + size, 0)).to.equal(held)
    expect(await kill('SIGTERM')).to.equal(0)
  })
})
