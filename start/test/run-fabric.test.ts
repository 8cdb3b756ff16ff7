import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect, verifyDocument } from '@caizheng/client-sdk'
import { expect } from 'chai'
import { Progress } from '../src/progress.js'
import { readSamples } from '../src/samples.js'
import { refusalOf } from '../src/refusal-of.js'
import { run } from '../src/run.js'

describe('npm start -- --network fabric', function () {
  this.timeout(120_000)
  let data: string

  before(async () => {
    data = await mkdtemp(path.join(tmpdir(), 'caizheng-fabric-run-'))
  })
  after(() => rm(data, { recursive: true, force: true }))

  async function start() {
    const lines: string[] = []
    const progress = new Progress((line) => lines.push(line))
    const options = { once: true, reset: false, data, port: 0, network: 'fabric', pilots: false, help: false } as const
    const code = await run(options, progress, new AbortController().signal)
    return { code, output: lines.join('\n') }
  }

  it('says what is missing where there are no binaries', async () => {
    const named = process.env['FABRIC_BIN']
    process.env['FABRIC_BIN'] = ''
    try {
      const refused = refusalOf(await start().catch((error: unknown) => error), data)
      expect(refused?.code).to.equal('FABRIC_FAILED')
      expect(refused?.message).to.include('FABRIC_BIN')
    } finally {
      if (named === undefined) delete process.env['FABRIC_BIN']
      else process.env['FABRIC_BIN'] = named
    }
  })

  if (process.env['FABRIC_BIN']) {
    it('anchors and verifies on real Fabric, and finds all of it again at the next start', async () => {
      const { length } = await readSamples()
      const first = await start()
      expect(first.output).to.include(` ${length} anchored,`).and.include(`verified ${length} of ${length} documents`)
      expect(first.code).to.equal(0)
      const second = await start()
      expect(second.output).to.include(`0 anchored, ${length} were on the chain already`)
      expect(second.output).to.include(`verified ${length} of ${length} documents`)
    })

    it('proves on real Fabric who ordered and endorsed a record', async () => {
      const stop = new AbortController()
      let up: () => void
      const started = new Promise<void>((resolve) => (up = resolve))
      const progress = new Progress((line) => {
        if (line.includes('Ctrl-C stops it')) up()
      })
      const options = {
        once: false,
        reset: false,
        data,
        port: 0,
        network: 'fabric',
        pilots: false,
        help: false,
      } as const
      const ended = run(options, progress, stop.signal)
      await Promise.race([started, ended])
      const client = await connect({ profile: path.join(data, 'profiles/finance.json') })
      try {
        const trust = path.join(data, 'evidence/fiscal.trust.json')
        const files = await readdir(path.join(data, 'evidence'))
        const file = files.find((name) => name.endsWith('contract.json.evidence.json')) ?? ''
        const evidence = await readFile(path.join(data, 'evidence', file))
        const document = new URL('../../../samples/ocds/release-05-contract.json', import.meta.url)
        const proven = await client.evidence.addBlockProof(evidence)
        const report = await verifyDocument(await readFile(document), proven, trust)
        expect(report.outcome).to.equal('VALID')
        expect(report.proven?.block?.orderers.all).to.equal(4)
        expect(report.proven?.block?.orderers.signed.length).to.be.at.least(3)
      } finally {
        client.close()
        stop.abort()
        await ended
      }
    })
  } else {
    it('anchors and verifies on real Fabric (skipped: the environment variable FABRIC_BIN is not set)')
  }
})
