import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { Progress } from '../src/progress.js'
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
      const first = await start()
      expect(first.output)
        .to.match(/ 12 anchored,/)
        .and.include('verified 12 of 12 documents')
      expect(first.code).to.equal(0)
      const second = await start()
      expect(second.output).to.include('0 anchored, 12 were on the chain already')
      expect(second.output).to.include('verified 12 of 12 documents')
    })
  } else {
    it('anchors and verifies on real Fabric (skipped: the environment variable FABRIC_BIN is not set)')
  }
})
