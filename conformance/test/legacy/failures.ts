import { expect } from 'chai'
import { DefaultEventHandlerStrategies, type Transaction, type TxEventHandlerFactory } from 'fabric-network'
import type { Bench } from '../../src/index.js'
import { failureOf } from '../../src/cases/state.js'
import { openLegacy, withLegacy } from './session.js'

/** What goes wrong, in the words of this client. */
export function legacyFailureCases(bench: Bench): void {
  const expectVerdict = async (submitted: Promise<unknown>, transaction: Transaction, code: string): Promise<void> => {
    const error = await failureOf(submitted)
    const transactionId = transaction.getTransactionId()
    expect(error).to.include({ name: 'TransactionError', transactionId, transactionCode: code })
    expect(error.message).to.match(
      new RegExp(`^Commit of transaction ${transactionId} failed on peer \\S+ with status ${code}$`),
    )
  }

  describe('failures', () => {
    it('reports the loser of two writers as a transaction error (MVCC)', () =>
      withLegacy(bench, async ({ contract }) => {
        const key = bench.key()
        const gate = new Gate()
        const late = contract('any-two').createTransaction('Increment').setEventHandler(gate.strategy)
        const submitted = late.submit(key)
        await gate.endorsed
        await contract('any-two').submitTransaction('Increment', key)
        gate.open()
        await expectVerdict(submitted, late, 'MVCC_READ_CONFLICT')
        expect((await contract('any-two').evaluateTransaction('Get', key)).toString()).to.equal('1')
      }))

    it('reports a row that appeared in a range (phantom)', () =>
      withLegacy(bench, async ({ contract }) => {
        await contract('any-two').submitTransaction('PutMany', 'l1-', '3')
        const gate = new Gate()
        const late = contract('any-two').createTransaction('CountInto').setEventHandler(gate.strategy)
        const submitted = late.submit('l1-', 'l1.', bench.key())
        await gate.endorsed
        await contract('any-two').submitTransaction('Put', 'l1-00009', 'new')
        gate.open()
        await expectVerdict(submitted, late, 'PHANTOM_READ_CONFLICT')
      }))

    it('reports too few endorsements when they are judged', () =>
      withLegacy(bench, async ({ contract }) => {
        const alone = contract('any-two').createTransaction('Put').setEndorsingOrganizations('FinanceMSP')
        await expectVerdict(alone.submit(bench.key(), '1'), alone, 'ENDORSEMENT_POLICY_FAILURE')
      }))

    it('finds out at the commit only that organisations computed different results', () =>
      withLegacy(bench, async ({ contract }) => {
        const differing = contract('all-three').createTransaction('Nondeterministic')
        await expectVerdict(differing.submit(bench.key()), differing, 'ENDORSEMENT_POLICY_FAILURE')
      }))

    it("lists each peer's words where the contract fails", () =>
      withLegacy(bench, async ({ contract }) => {
        const error = await failureOf(contract('any-two').submitTransaction('Fail', 'no budget left'))
        const [first, ...lines] = error.message.split('\n').map((line) => line.trim())
        expect(first).to.equal('No valid responses from any peers. Errors:')
        const peers = bench.network.peers.map(({ name }) => `peer=${name}, status=500, message=no budget left`)
        expect(lines).to.have.members(peers)
      }))

    it("gives an evaluation the contract's own words and status", () =>
      withLegacy(bench, async ({ contract }) => {
        const error = await failureOf(contract('any-two').evaluateTransaction('Fail', 'sorry'))
        expect(error).to.include({ message: 'sorry', status: 500 })
      }))

    it('knows no chaincode of another name', () =>
      withLegacy(bench, async ({ contract }) => {
        const evaluated = await failureOf(contract('nowhere').evaluateTransaction('Get', 'x'))
        expect(evaluated.message).to.include('chaincode nowhere not found')
        const submitted = await failureOf(contract('nowhere').submitTransaction('Put', 'x', '1'))
        expect(submitted.message).to.include('status=500').and.to.include('chaincode nowhere not found')
      }))

    it('knows no channel of another name', async () => {
      const { peers, orderers } = bench.network
      const session = await openLegacy({ channel: 'elsewhere', peers, orderers }, bench.network.connect('FinanceMSP'))
      try {
        const error = await failureOf(session.contract('any-two').evaluateTransaction('Get', 'x'))
        expect(error.message).to.include("channel 'elsewhere' not found")
      } finally {
        session.close()
      }
    })

    it('refuses a proposal that was committed already', () =>
      withLegacy(bench, async ({ contract }) => {
        const transaction = contract('any-two').createTransaction('Put')
        const again = contract('any-two').deserializeTransaction(transaction.serialize())
        await transaction.submit(bench.key(), '1')
        const error = await failureOf(again.submit(bench.key(), '1'))
        expect(error.message).to.include(`duplicate transaction found [${transaction.getTransactionId()}]`)
      }))

    it('refuses a certificate that another authority made in the name of the organisation', () =>
      withLegacy(
        bench,
        async ({ contract }) => {
          const words = 'creator org unknown, creator is malformed'
          const submitted = await failureOf(contract('any-two').submitTransaction('Put', bench.key(), '1'))
          expect(submitted.message).to.include('status=').and.to.include(words)
          const evaluated = await failureOf(contract('any-two').evaluateTransaction('Get', 'x'))
          expect(evaluated.message).to.include(words)
        },
        bench.network.connectForged('FinanceMSP'),
      ))

    it('refuses an expired certificate', async () => {
      const expired = await bench.network.connectExpired('FinanceMSP')
      await withLegacy(
        bench,
        async ({ contract }) => {
          const error = await failureOf(contract('any-two').submitTransaction('Put', bench.key(), '1'))
          expect(error.message).to.include('expired')
        },
        expired,
      )
    })

    it('refuses a signature by another key than the certificate’s', () =>
      withLegacy(
        bench,
        async ({ contract }) => {
          const error = await failureOf(contract('any-two').submitTransaction('Put', bench.key(), '1'))
          expect(error.message).to.include('creator org [FinanceMSP]')
        },
        { ...bench.network.connect('FinanceMSP'), privateKey: bench.network.connect('AuditMSP').privateKey },
      ))
  })
}

/** Holds a transaction between its endorsement and its way to the orderer. */
class Gate {
  open: () => void = () => undefined
  #reached: () => void = () => undefined
  readonly endorsed = new Promise<void>((resolve) => (this.#reached = resolve))
  readonly #opened = new Promise<void>((resolve) => (this.open = resolve))

  readonly strategy: TxEventHandlerFactory = (txId, network) => {
    const handler = DefaultEventHandlerStrategies.NETWORK_SCOPE_ALLFORTX(txId, network)
    return {
      startListening: async () => {
        await handler.startListening()
        this.#reached()
        await this.#opened
      },
      waitForEvents: () => handler.waitForEvents(),
      cancelListening: () => {
        handler.cancelListening()
      },
    }
  }
}
