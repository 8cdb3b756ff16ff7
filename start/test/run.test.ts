import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { verifyDocument } from '@caizheng/client-sdk'
import { encodeTrust, openTrust } from '@caizheng/evidence'
import { expect } from 'chai'
import type { StartOptions } from '../src/options.js'
import { Progress } from '../src/progress.js'
import { refusalOf } from '../src/refusal-of.js'
import { run } from '../src/run.js'
import { readSamples } from '../src/samples.js'

const plain = { once: false, reset: false, port: 0, network: 'embedded', pilots: false, help: false } as const

/** The whole system, as `npm start` composes it. */
describe('npm start', function () {
  this.timeout(60_000)
  let parent: string
  let data: string

  before(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'caizheng-run-'))
    data = path.join(parent, 'data')
  })
  after(() => rm(parent, { recursive: true }))

  async function start(options: Partial<StartOptions> = {}, stop = new AbortController().signal) {
    const lines: string[] = []
    const progress = new Progress((line) => lines.push(line))
    const code = await run({ ...plain, once: true, data, ...options }, progress, stop)
    return { code, output: lines.join('\n') }
  }

  const trustFile = (): Promise<string> => readFile(path.join(data, 'evidence/fiscal.trust.json'), 'utf8')

  it('anchors every sample and verifies each offline', async () => {
    const { code, output } = await start()
    const { length } = await readSamples()
    expect(length).to.be.at.least(10)
    expect(output).to.match(new RegExp(`^verified ${length} of ${length} documents$`, 'm'))
    expect(output).to.include(`${length} anchored`)
    expect(output).to.include('one process, one operator, no distributed trust')
    expect(code).to.equal(0)
  })

  it('leaves evidence that a changed document does not pass', async () => {
    const [sample] = await readSamples()
    if (sample === undefined) throw new Error('there are no samples')
    const evidence = path.join(data, 'evidence', `${sample.name.replaceAll('/', '-')}.evidence.json`)
    const trust = path.join(data, 'evidence/fiscal.trust.json')
    const document = await readFile(sample.path)
    expect((await verifyDocument(document, evidence, trust)).outcome).to.equal('VALID')
    document[0] = (document[0] ?? 0) ^ 1
    expect((await verifyDocument(document, evidence, trust)).outcome).to.equal('INVALID')
  })

  it('reuses its data: anchors nothing twice, and keeps the trust file', async () => {
    const before = await trustFile()
    const samples = await readSamples()
    const { length } = samples
    const [first, second] = samples.map(({ name }) =>
      path.join(data, 'evidence', `${name.replaceAll('/', '-')}.evidence.json`),
    ) as [string, string]
    const kept = await readFile(first, 'utf8')
    await writeFile(second, kept)
    const { code, output } = await start()
    expect(output).to.include(`0 anchored, ${length} were on the chain already`)
    expect(output).to.include(`${length} verified offline, ${length - 1} of them as an earlier start left them`)
    expect(code).to.equal(0)
    expect(await trustFile()).to.equal(before)
    expect(await readFile(first, 'utf8')).to.equal(kept)
    expect(await readFile(second, 'utf8')).to.not.equal(kept)
  })

  it('marks as a trial what an earlier version left unmarked, and keeps all else', async () => {
    const file = path.join(data, 'evidence/fiscal.trust.json')
    const { trial, ...before } = openTrust(await readFile(file)).file
    expect(trial).to.equal(true)
    await writeFile(file, encodeTrust(before))
    expect((await start()).code).to.equal(0)
    const { validity, ...after } = openTrust(await readFile(file)).file
    expect(Date.parse(validity.until)).to.be.above(Date.now())
    const { chaincodes, organizations, number } = before
    expect(after).to.deep.include({ trial: true, chaincodes, organizations, number: number + 1 })
  })

  it('has evidence time-stamped by an authority that it names in the trust file', async function () {
    // OpenSSL plays the authority.
    if (spawnSync('openssl', ['version']).status !== 0) return this.skip()
    const script = fileURLToPath(new URL('../../../evidence/scripts/run-authority.mjs', import.meta.url))
    const authority = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
    try {
      const [line] = (await once(authority.stdout, 'data')) as [Buffer]
      const { url, root } = JSON.parse(line.toString()) as { url: string; root: string }
      await writeFile(path.join(parent, 'root.pem'), root)
      const [sample] = await readSamples()
      if (sample === undefined) throw new Error('there are no samples')
      const evidence = path.join(data, 'evidence', `${sample.name.replaceAll('/', '-')}.evidence.json`)
      await rm(evidence)
      expect((await start({ tsa: { url, root: path.join(parent, 'root.pem') } })).code).to.equal(0)
      const report = await verifyDocument(sample.path, evidence, path.join(data, 'evidence/fiscal.trust.json'))
      expect(report.proven?.timeStamps).to.have.length(1)
      // Without it again: the trust file goes on naming it.
      const trust = await trustFile()
      expect((await start()).code).to.equal(0)
      expect(await trustFile()).to.equal(trust)
    } finally {
      authority.stdin.end()
    }
  })

  it('stays up until it is stopped, and shows what to try next', async () => {
    const stop = new AbortController()
    const lines: string[] = []
    let show: (output: string) => void
    const shown = new Promise<string>((resolve) => (show = resolve))
    const progress = new Progress((line) => {
      lines.push(line)
      if (line.includes('Ctrl-C stops it')) show(lines.join('\n'))
    })
    const ended = run({ ...plain, data, pilots: true }, progress, stop.signal)
    const output = await Promise.race([shown, ended])
    if (typeof output === 'number') throw new Error(`it ended by itself with ${output}`)
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? []
    expect((await fetch(`${url}/readyz`)).status).to.equal(200)
    expect(await (await fetch(url)).text()).to.include('<html')
    expect(output).to.include('npx caizheng verify').and.include('npx caizheng certificate').and.include('curl')
    const page = Buffer.from(await (await fetch(`${url}/verify.html`)).arrayBuffer())
    expect(output).to.include(`${url}/verify.html`).and.include(createHash('sha256').update(page).digest('hex'))
    // The sample projects come afterwards, and end with the rest
    while (!lines.some((line) => line.includes('steps are being played'))) await sleep(10)
    stop.abort()
    expect(await ended).to.equal(0)
    expect(lines.join('\n')).to.include('interrupted; the next start goes on')
    expect(await fetch(url).catch(() => 'gone')).to.equal('gone')
  })

  it('ends at once when it is stopped in the middle', async () => {
    const { code } = await start({}, AbortSignal.abort())
    expect(code).to.equal(130)
  })

  it('begins again with another network', async () => {
    const before = await trustFile()
    const { code, output } = await start({ reset: true })
    expect(code).to.equal(0)
    expect(output).to.include(` ${(await readSamples()).length} anchored,`)
    expect(await trustFile()).to.not.equal(before)
  })

  it('refuses a port in use before it touches the data', async () => {
    const before = await trustFile()
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const refused = refusalOf(await start({ port, reset: true }).catch((error: unknown) => error), data)
    server.close()
    expect(refused?.code).to.equal('PORT_IN_USE')
    expect(await trustFile()).to.equal(before)
  })

  it('refuses damaged keys in one line', async () => {
    await writeFile(path.join(data, 'consortium/genesis.block'), 'not a block')
    const refused = refusalOf(await start().catch((error: unknown) => error), data)
    expect(refused?.code).to.equal('DATA_DAMAGED')
    expect(refused?.message).to.include('--reset').and.not.include('\n')
  })
})
