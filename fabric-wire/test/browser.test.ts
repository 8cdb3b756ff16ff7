import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { build } from 'esbuild'
import type * as Wire from '../src/index.js'
import { fixture } from './support/fixtures.js'

/** Bundles the package as a page would and loads the result. */
async function loadBundle(): Promise<{ source: string; wire: typeof Wire }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.js', import.meta.url))],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
  })
  const source = outputFiles[0]?.text ?? ''
  const url = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
  return { source, wire: (await import(url)) as typeof Wire }
}

describe('in the browser', () => {
  it('needs nothing of Node, and comes to the same verdicts', async () => {
    const { source, wire } = await loadBundle()
    expect(source).not.to.match(/["']node:/)
    expect(source).not.to.include('createPublicKey')
    const config = wire.channelConfigOf(fixture('chain/blocks/0.block'))
    for (const number of [1, 5, 8]) {
      const block = wire.parseBlock(fixture(`chain/blocks/${number}.block`))
      expect(wire.verifyBlockSignatures(block, wire.consentersOf(config)).ok).to.be.true
      expect(wire.isBlockSigned({ ...block, header: { ...block.header, number: 99 } }, config)).to.be.false
      for (const envelope of block.data) {
        const transaction = wire.parseTransaction(envelope)
        expect(transaction.proposalHashOk && transaction.transactionIdOk).to.be.true
        const creator = wire.identify(config.msps, transaction.signatureHeader.creator)
        expect(wire.verifyIdentitySignature(creator, transaction.payloadBytes, transaction.signature)).to.be.true
      }
    }
  })
})
