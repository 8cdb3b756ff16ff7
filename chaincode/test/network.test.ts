import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import type { ChaincodeStub } from '../src/fabric.js'
import { findNetwork } from '../src/state/network.js'

describe('the network record', () => {
  const holding = (genesis?: string): ChaincodeStub => {
    const network = {
      kind: 'network',
      version: 1,
      genesis,
      channel: 'fiscal',
      organizations: ['AuditMSP', 'FinanceMSP'],
    }
    const bytes = genesis === undefined ? new Uint8Array() : canonicalBytes(network)
    return { getState: () => Promise.resolve(bytes) } as unknown as ChaincodeStub
  }

  it('is what the state holds now, whatever was read before, and nobody can change what is remembered', async () => {
    const [one, other] = ['1'.repeat(64), '2'.repeat(64)]
    const first = await findNetwork(holding(one))
    expect(first?.genesis).to.equal(one)
    expect(await findNetwork(holding(one))).to.equal(first)
    expect((await findNetwork(holding(other)))?.genesis).to.equal(other)
    expect(await findNetwork(holding())).to.equal(undefined)
    expect((await findNetwork(holding(one)))?.genesis).to.equal(one)
    expect(() => (first?.organizations as string[]).push('BankMSP')).to.throw(TypeError)
    expect(() => Object.assign(first ?? {}, { genesis: other })).to.throw(TypeError)
  })
})
