import { expect } from 'chai'
import { openGateway, text } from '../gateway.js'
import type { Bench } from '../bench.js'

/** Reading and writing, the plain way. */
export function stateCases(bench: Bench): void {
  describe('state', () => {
    it('commits a write and reads it back', async () => {
      const contract = bench.finance.contract('any-two')
      const key = bench.key()
      expect(text(await contract.submitTransaction('Put', key, 'one'))).to.equal('one')
      expect(text(await contract.evaluateTransaction('Get', key))).to.equal('one')
    })

    it('forgets a deleted key', async () => {
      const contract = bench.finance.contract('any-two')
      const key = bench.key()
      await contract.submitTransaction('Put', key, 'one')
      await contract.submitTransaction('Delete', key)
      const history = JSON.parse(text(await contract.evaluateTransaction('History', key))) as { isDelete: boolean }[]
      expect(history.map(({ isDelete }) => isDelete)).to.deep.equal([true, false])
      await expectError(contract.evaluateTransaction('Get', key), `no value at ${key}`)
    })

    it('shows a simulation the committed state and not its own writes', async () => {
      const contract = bench.finance.contract('any-two')
      const key = bench.key()
      expect(text(await contract.submitTransaction('PutThenGet', key, 'new'))).to.equal('')
      expect(text(await contract.submitTransaction('PutThenGet', key, 'newer'))).to.equal('new')
    })

    it('keeps the namespaces of chaincodes apart', async () => {
      const key = bench.key()
      await bench.finance.contract('any-two').submitTransaction('Put', key, 'one')
      await expectError(bench.finance.contract('all-three').evaluateTransaction('Get', key), `no value at ${key}`)
    })

    it('keeps keys of any characters and binary values apart', async () => {
      const contract = bench.finance.contract('any-two')
      for (const key of ['财政局', 'a\u0001b', '\u{1F4C4}', '~', ' ']) {
        await contract.submitTransaction('Put', key, `value of ${key}`)
        expect(text(await contract.evaluateTransaction('Get', key))).to.equal(`value of ${key}`)
      }
    })

    it('writes nothing when a contract only reads', async () => {
      const contract = bench.finance.contract('any-two')
      const key = bench.key()
      await contract.submitTransaction('Put', key, 'one')
      await contract.submitTransaction('Get', key)
      const history = JSON.parse(text(await contract.evaluateTransaction('History', key))) as unknown[]
      expect(history).to.have.length(1)
    })

    it('calls another chaincode of the channel, in the same transaction', async () => {
      const key = bench.key()
      const caller = bench.finance.contract('any-two')
      expect(
        text(await caller.submitTransaction('CallOther', 'all-three', JSON.stringify(['Put', key, 'by way']))),
      ).to.equal('by way')
      expect(text(await bench.finance.contract('all-three').evaluateTransaction('Get', key))).to.equal('by way')
    })

    it('hands transient data to the contract', async () => {
      const contract = bench.finance.contract('any-two')
      const proposal = { arguments: ['secret'], transientData: { secret: 'not in the block' } }
      expect(text(await contract.evaluate('Transient', proposal))).to.equal('not in the block')
    })

    it('lets a member of an organisation without a node submit through another peer', async () => {
      const session = openGateway(bench.network.connect('PartiesMSP'))
      try {
        const contract = session.contract('any-two')
        expect(text(await contract.evaluateTransaction('WhoAmI'))).to.equal('PartiesMSP')
        const key = bench.key()
        await contract.submitTransaction('Put', key, 'from a contractor')
        expect(text(await contract.evaluateTransaction('Get', key))).to.equal('from a contractor')
      } finally {
        session.close()
      }
    })
  })
}

/** Expects a rejection whose message, or the message of one of its details, has this text. */
export async function expectError(promise: Promise<unknown>, expected: string): Promise<void> {
  const error = await failureOf(promise)
  expect(describeError(error)).to.include(expected)
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
  throw new Error('expected a failure, and there was none')
}

/** An error of the gateway with its details, as one text. */
export function describeError(error: Error): string {
  const { details } = error as { details?: { mspId: string; message: string }[] }
  const list = Array.isArray(details) ? details.map(({ mspId, message }) => `${mspId}: ${message}`) : []
  return [error.message, ...list].join(' | ')
}
