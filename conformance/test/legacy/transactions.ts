import { expect } from 'chai'
import {
  ChaincodeActionPayload,
  decodeLoose,
  Payload,
  ProcessedTransaction,
  SerializedIdentity,
  Transaction,
} from '@caizheng/fabric-wire'
import { DefaultEventHandlerStrategies } from 'fabric-network'
import type { Bench } from '../../src/index.js'
import { failureOf } from '../../src/cases/state.js'
import { blockOf, withLegacy, type LegacySession } from './session.js'

/** Submitting and evaluating, and what may be chosen about a transaction. */
export function legacyTransactionCases(bench: Bench): void {
  describe('transactions', () => {
    it('submits and reads back', () =>
      withLegacy(bench, async ({ contract }) => {
        const key = bench.key()
        expect((await contract('any-two').submitTransaction('Put', key, '资金')).toString()).to.equal('资金')
        expect((await contract('any-two').evaluateTransaction('Get', key)).toString()).to.equal('资金')
      }))

    it('writes nothing by an evaluation', () =>
      withLegacy(bench, async ({ contract }) => {
        const key = bench.key()
        await contract('any-two').evaluateTransaction('Put', key, '1')
        const error = await failureOf(contract('any-two').evaluateTransaction('Get', key))
        expect(error.message).to.include(`no value at ${key}`)
      }))

    it('asks every peer of the profile when none is chosen', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('any-two').createTransaction('Put')
        await transaction.submit(bench.key(), '1')
        const endorsers = await endorsersOf(session, transaction.getTransactionId())
        expect(endorsers).to.have.members([...bench.network.nodeOrganizations])
      }))

    it('asks exactly the peers that were chosen', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('any-two').createTransaction('Put')
        await transaction.setEndorsingPeers(session.peers('AuditMSP', 'ConstructionMSP')).submit(bench.key(), '1')
        const endorsers = await endorsersOf(session, transaction.getTransactionId())
        expect(endorsers).to.have.members(['AuditMSP', 'ConstructionMSP'])
      }))

    it('asks exactly the organisations that were chosen', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('finance-only').createTransaction('Put')
        await transaction.setEndorsingOrganizations('FinanceMSP').submit(bench.key(), '1')
        expect(await endorsersOf(session, transaction.getTransactionId())).to.deep.equal(['FinanceMSP'])
      }))

    it('hands transient data to the contract', () =>
      withLegacy(bench, async ({ contract }) => {
        const transaction = contract('any-two').createTransaction('Transient')
        const secret = Buffer.from('what only peers see')
        expect((await transaction.setTransient({ secret }).evaluate('secret')).toString()).to.equal(secret.toString())
      }))

    it('leaves transient data out of the block', () =>
      withLegacy(bench, async (session) => {
        const key = bench.key()
        const transaction = session.contract('any-two').createTransaction('Put')
        await transaction.setTransient({ hidden: Buffer.from('never on the chain') }).submit(key, 'public')
        const all = Buffer.concat((await blockOf(session, transaction.getTransactionId())).data)
        expect([all.includes(key), all.includes('never on the chain')]).to.deep.equal([true, false])
      }))

    it('writes private data that comes as transient data', () =>
      withLegacy(bench, async (session) => {
        const key = bench.key()
        const transaction = session.contract('private').createTransaction('PutPrivate')
        const value = Buffer.from('for two organisations')
        await transaction.setTransient({ value }).setEndorsingOrganizations('FinanceMSP').submit('shared', key)
        const read = await session.contract('private').evaluateTransaction('GetPrivate', 'shared', key)
        expect(read.toString()).to.equal('for two organisations')
      }))

    it('keeps a transaction through its serialized form', () =>
      withLegacy(bench, async (session) => {
        const transaction = session.contract('any-two').createTransaction('Put')
        transaction.setEndorsingOrganizations('FinanceMSP', 'AuditMSP')
        const again = session.contract('any-two').deserializeTransaction(transaction.serialize())
        expect(again.getTransactionId()).to.equal(transaction.getTransactionId())
        await again.submit(bench.key(), '1')
        const endorsers = await endorsersOf(session, transaction.getTransactionId())
        expect(endorsers).to.have.members(['FinanceMSP', 'AuditMSP'])
      }))

    it('returns when the orderer has taken it, where no commit is waited for', () =>
      withLegacy(bench, async (session) => {
        const key = bench.key()
        const transaction = session.contract('any-two').createTransaction('Put')
        await transaction.setEventHandler(DefaultEventHandlerStrategies.NONE).submit(key, 'later')
        const end = Date.now() + 10_000
        for (;;) {
          const value = await session
            .contract('any-two')
            .evaluateTransaction('Get', key)
            .catch((error: Error) => (Date.now() > end ? Promise.reject(error) : undefined))
          if (value) return void expect(value.toString()).to.equal('later')
        }
      }))

    it('serves a client of an organisation without a node', () =>
      withLegacy(
        bench,
        async ({ contract }) => {
          expect((await contract('any-two').submitTransaction('WhoAmI')).toString()).to.equal('PartiesMSP')
        },
        bench.network.connect('PartiesMSP'),
      ))
  })
}

/** Whose peers endorsed a committed transaction. */
async function endorsersOf({ contract, network }: LegacySession, txId: string): Promise<string[]> {
  const channel = network.getChannel().name
  const found = await contract('qscc').evaluateTransaction('GetTransactionByID', channel, txId)
  const { payload } = decodeLoose(ProcessedTransaction, found).transactionEnvelope ?? {}
  const [action] = decodeLoose(Transaction, decodeLoose(Payload, payload ?? new Uint8Array()).data).actions
  const { endorsements = [] } = decodeLoose(ChaincodeActionPayload, action?.payload ?? new Uint8Array()).action ?? {}
  return endorsements.map(({ endorser }) => decodeLoose(SerializedIdentity, endorser).mspid)
}
