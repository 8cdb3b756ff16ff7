import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { build } from 'esbuild'
import { encodeTrust, type Report } from '../../src/index.js'
import { orderRecord } from '../support/block.js'
import { createNetwork, NOW } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { anchorOf, batchOf, DOCUMENT } from '../support/records.js'

/** What any browser has, and nothing that only Node has: no process, no Buffer, no require, no network. */
const BROWSER_GLOBALS = {
  TextEncoder,
  TextDecoder,
  crypto: globalThis.crypto,
  atob,
  btoa,
  URL,
  Uint8Array,
  Date,
  Array,
}

type Verify = (document: Uint8Array, evidence: Uint8Array, trust: Uint8Array, options: { at: Date }) => Report

describe('The verifier in a browser', () => {
  let bundle: string
  before(async () => {
    const result = await build({
      stdin: {
        contents: `export { verify } from './index.js'`,
        resolveDir: fileURLToPath(new URL('../../src', import.meta.url)),
      },
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      globalName: 'caizheng',
      platform: 'browser',
      conditions: ['browser'],
    })
    bundle = result.outputFiles[0]?.text ?? ''
  })

  it('is the same source: verifies and refuses where there is no Node', async () => {
    const network = await createNetwork()
    const context = createContext({ ...BROWSER_GLOBALS })
    runInContext(`${bundle}; globalThis.caizheng = caizheng`, context)
    const { verify } = (context as { caizheng: { verify: Verify } }).caizheng
    const evidence = evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT)))
    expect(verify(DOCUMENT, evidence, network.trust, { at: NOW }).outcome).to.equal('VALID')
    const { documents, batch, record } = batchOf(7)
    const batched = evidenceOf(endorsedQuery(network, record), batch.subject([2, 5]))
    expect(verify(documents[5] as Uint8Array, batched, network.trust, { at: NOW }).outcome).to.equal('VALID')
    expect(verify(documents[4] as Uint8Array, batched, network.trust, { at: NOW }).outcome).to.equal('INVALID')
    const broken = evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT), { signatureBytes: (s) => s.with(9, 1) }))
    expect(verify(DOCUMENT, broken, network.trust, { at: NOW }).outcome).to.equal('INVALID')
    const ordered = await orderRecord()
    const report = verify(DOCUMENT, ordered.proven, encodeTrust(ordered.trust.file), { at: NOW })
    expect(report.proven?.block?.number).to.equal(5)
  })

  it('leaves room in the page’s 150 kB', function () {
    const size = gzipSync(bundle).length
    expect(size).to.be.lessThan(120_000)
    if (this.test) this.test.title += ` (${Math.round(size / 1000)} kB gzipped)`
  })

  it('imports nothing of Node’s and opens no connection in its own source', () => {
    const source = fileURLToPath(new URL('../../../src', import.meta.url))
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    expect(files.length).to.be.greaterThan(30)
    for (const file of files) {
      const text = readFileSync(`${source}/${file}`, 'utf8')
      expect(text, file).to.not.match(/from 'node:|require\(|\bBuffer\.|\bprocess\.|\bfetch\(|XMLHttpRequest|WebSocket/)
    }
  })
})
