import { createHash } from 'node:crypto'
import { expect } from 'chai'
import {
  decode,
  type HashedRWSet,
  parseTransaction,
  ProcessedTransaction,
  encode,
  Envelope,
} from '@caizheng/fabric-wire'
import { text } from '../gateway.js'
import type { Bench } from '../bench.js'
import { as, eventually, MVCC_READ_CONFLICT, PrivateSession, VALID, verdict } from './private-session.js'
import { expectError } from './state.js'

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex')

/** Private data collections: who has the values, what the chain shows of them, how they end. */
export function privateDataCases(bench: Bench): void {
  const session = (chaincode?: string): PrivateSession => new PrivateSession(bench.finance, chaincode)

  /** The transaction as the chain has it. */
  const onChain = async (txId: string): Promise<Uint8Array> => {
    const bytes = await bench.finance
      .contract('qscc')
      .evaluateTransaction('GetTransactionByID', bench.network.channel, txId)
    return encode(Envelope, decode(ProcessedTransaction, bytes).transactionEnvelope ?? {})
  }

  describe('private data', () => {
    it('gives the value to the members’ peers, and its hash to all', async () => {
      const key = bench.key()
      await session().put('shared', key, 'secret')
      expect(await session().get('shared', key)).to.equal('secret')
      await eventually(async () => {
        expect(await session().get('shared', key, 'AuditMSP')).to.equal('secret')
      })
      await eventually(async () => {
        expect(await session().hash('shared', key, 'ConstructionMSP')).to.equal(sha256('secret'))
      })
      await expectError(
        session().get('shared', key, 'ConstructionMSP'),
        'private data matching public hash version is not available. Public hash version = {BlockNum: ',
      )
    })

    it('knows no value and no hash of a key that was never written', async () => {
      const key = bench.key()
      expect(await session().get('shared', key)).to.equal('')
      expect(await session().get('shared', key, 'ConstructionMSP')).to.equal('')
      expect(await session().hash('shared', key)).to.equal('')
    })

    it('shows the chain nothing but hashes, in the order of the keys', async () => {
      const key = bench.key()
      const args = [key, 'shared', 'members']
      const transaction = await session().endorse('WriteEverywhere', args)
      expect(await verdict(transaction)).to.equal(VALID)
      const { rwset } = parseTransaction(await onChain(transaction.getTransactionId()))
      const namespace = rwset.namespaces.find(({ collections }) => collections.length > 0)
      expect(namespace?.collections.map(({ name }) => name)).to.deep.equal(['members', 'shared'])
      const [members, shared] = namespace?.collections ?? []
      const seen = (hashed: HashedRWSet | undefined) =>
        hashed?.hashedWrites.map((write) => ({
          key: Buffer.from(write.keyHash).toString('hex'),
          value: Buffer.from(write.valueHash).toString('hex'),
          isDelete: write.isDelete,
          isPurge: write.isPurge,
        }))
      expect(seen(shared?.hashed)).to.deep.equal([
        { key: sha256(`${key}a`), value: sha256('a'), isDelete: false, isPurge: false },
        { key: sha256(`${key}b`), value: sha256('b'), isDelete: false, isPurge: false },
      ])
      expect(seen(members?.hashed)).to.deep.equal([
        { key: sha256(`${key}a`), value: '', isDelete: true, isPurge: false },
        { key: sha256(`${key}b`), value: '', isDelete: true, isPurge: true },
      ])
      expect(shared?.privateHash).to.have.length(32)
    })

    it('keeps transient data out of the chain', async () => {
      const value = `secret-of-${bench.key()}`
      const transaction = await session().endorse('PutPrivate', ['shared', bench.key()], { transientData: { value } })
      expect(await verdict(transaction)).to.equal(VALID)
      expect(text(await onChain(transaction.getTransactionId()))).to.not.include(value)
    })

    it('lets whoever may use the channel read at a member’s peer, unless members only may', async () => {
      const key = bench.key()
      await session().put('shared', key, 'for all')
      await session().put('members', key, 'for members')
      await as(bench, 'PartiesMSP', async (stranger) => {
        expect(await stranger.get('shared', key)).to.equal('for all')
        await expectError(
          stranger.get('members', key),
          'tx creator does not have read access permission on privatedata in chaincodeName:private collectionName: members',
        )
        expect(await stranger.hash('members', key)).to.equal(sha256('for members'))
      })
      expect(await as(bench, 'AuditMSP', (member) => member.get('members', key))).to.equal('for members')
    })

    it('lets members only write where the collection says so', async () => {
      const sentence =
        'tx creator does not have write access permission on privatedata in chaincodeName:private collectionName: members'
      const finance = { endorsingOrganizations: ['FinanceMSP'] }
      await as(bench, 'PartiesMSP', async (stranger) => {
        const value = { transientData: { value: '1' } }
        await expectError(stranger.endorse('PutPrivate', ['members', bench.key()], { ...finance, ...value }), sentence)
        await expectError(stranger.endorse('DeletePrivate', ['members', bench.key()], finance), sentence)
        await expectError(stranger.endorse('PurgePrivate', ['members', bench.key()], finance), sentence)
        await expectError(stranger.endorse('SetPrivateKeyPolicy', ['members', bench.key(), 'AA=='], finance), sentence)
      })
    })

    it('refuses a collection that is not defined', async () => {
      const { channel } = bench.network
      await expectError(session().get('nowhere', 'k'), `collection ${channel}/private/nowhere could not be found`)
      await expectError(session().put('nowhere', 'k', '1'), `collection ${channel}/private/nowhere could not be found`)
      const undefinedOne = 'not defined in the collection config for chaincode [private]'
      await expectError(session().hash('nowhere', 'k'), `collection [nowhere] ${undefinedOne}`)
      await expectError(
        session().get('_implicit_org_NobodyMSP', 'k'),
        `collection [_implicit_org_NobodyMSP] ${undefinedOne}`,
      )
    })

    it('shows a simulation the committed value and not its own write', async () => {
      const key = bench.key()
      await session().put('shared', key, 'old')
      const result = await session().submit('PutPrivateThenGet', ['shared', key], { transientData: { value: 'new' } })
      expect(result).to.equal('old')
      expect(await session().get('shared', key)).to.equal('new')
    })

    it('invalidates the second of two that read the same private key', async () => {
      const key = bench.key()
      const first = await session().endorse('IncrementPrivate', ['shared', key])
      const second = await session().endorse('IncrementPrivate', ['shared', key])
      expect(await verdict(first)).to.equal(VALID)
      expect(await verdict(second)).to.equal(MVCC_READ_CONFLICT)
      expect(await session().get('shared', key)).to.equal('1')
    })

    it('keeps collections, namespaces and public keys apart', async () => {
      const key = bench.key()
      await session().put('shared', key, 'one')
      await session().put('members', key, 'two')
      await session().submit('Put', [key, 'three'])
      expect(await session().get('shared', key)).to.equal('one')
      expect(await session().get('members', key)).to.equal('two')
      expect(await session().evaluate('Get', [key])).to.equal('three')
      expect(await session('private-all-three').get('shared', key)).to.equal('')
    })

    it('forgets a deleted key, value and hash', async () => {
      const key = bench.key()
      await session().put('shared', key, 'one')
      await session().submit('DeletePrivate', ['shared', key])
      expect(await session().get('shared', key)).to.equal('')
      expect(await session().hash('shared', key)).to.equal('')
      await eventually(async () => {
        expect(await session().get('shared', key, 'AuditMSP')).to.equal('')
      })
    })

    it('purges a key, which can be written again afterwards', async () => {
      const key = bench.key()
      await session().put('shared', key, 'one')
      await session().submit('PurgePrivate', ['shared', key])
      expect(await session().get('shared', key)).to.equal('')
      expect(await session().hash('shared', key)).to.equal('')
      await session().put('shared', key, 'two')
      expect(await session().get('shared', key)).to.equal('two')
    })

    it('reads a range of private keys in order, in as many messages as it takes', async () => {
      const prefix = `${bench.key()}-`
      await session().submit('PutPrivateMany', ['shared', prefix, '250'])
      const rows = JSON.parse(await session().evaluate('PrivateRange', ['shared', prefix, `${prefix}~`])) as string[][]
      expect(rows).to.have.length(250)
      expect(rows[0]).to.deep.equal([`${prefix}00000`, '0'])
      expect(rows.at(-1)).to.deep.equal([`${prefix}00249`, '249'])
      const none = await session().evaluate('PrivateRange', ['shared', prefix, `${prefix}~`], {
        endorsingOrganizations: ['ConstructionMSP'],
      })
      expect(none).to.equal('[]')
    })

    it('refuses ranges of private keys together with writes', async () => {
      await expectError(
        session().endorse('PutThenPrivateRange', ['shared', 'a', 'b']),
        'unsuppored transaction. Queries on pvt data is supported only in a read-only transaction',
      )
      await expectError(
        session().endorse('PrivateRangeThenPut', ['shared', 'a', 'b']),
        'unsuppored transaction. Transaction has already performed queries on pvt data. Writes are not allowed',
      )
    })

    it('refuses rich queries, as its database can’t', async () => {
      await expectError(session().evaluate('PrivateRichQuery', ['shared']), 'ExecuteQuery not supported for leveldb')
    })

    it('ends values and hashes when their blocks are over', async () => {
      const key = bench.key()
      await session().put('fleeting', key, 'soon gone')
      for (let block = 0; block < 2; block += 1) {
        await session().submit('Put', [bench.key(), '1'])
        expect(await session().get('fleeting', key)).to.equal('soon gone')
      }
      await session().submit('Put', [bench.key(), '1'])
      expect(await session().get('fleeting', key)).to.equal('')
      expect(await session().hash('fleeting', key)).to.equal('')
    })

    it('lets a value that is written again live on', async () => {
      const key = bench.key()
      await session().put('fleeting', key, 'one')
      await session().submit('Put', [bench.key(), '1'])
      await session().put('fleeting', key, 'two')
      await session().submit('Put', [bench.key(), '1'])
      await session().submit('Put', [bench.key(), '1'])
      expect(await session().get('fleeting', key)).to.equal('two')
      await session().submit('Put', [bench.key(), '1'])
      expect(await session().get('fleeting', key)).to.equal('')
    })
  })
}
