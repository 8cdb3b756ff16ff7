import { expect } from 'chai'
import { encode, parsePolicyExpression, SignaturePolicyEnvelope } from '@caizheng/fabric-wire'
import type { Bench } from '../bench.js'
import { endorsersOf } from './endorsement.js'
import { chainHeight, privateWritesInBlocks } from './private-events.js'
import { ENDORSEMENT_POLICY_FAILURE, eventually, PrivateSession, VALID, verdict } from './private-session.js'
import { expectError } from './state.js'

/** Private data: who must endorse what is written, who is asked to, and who hears of it. */
export function privateEndorsementCases(bench: Bench): void {
  const session = (chaincode?: string): PrivateSession => new PrivateSession(bench.finance, chaincode)
  const transient = { transientData: { value: 'secret' } }
  const by = (...endorsingOrganizations: string[]) => ({ ...transient, endorsingOrganizations })

  describe('private data and endorsement', () => {
    it('judges a collection by its own policy, and plans by it', async () => {
      const key = bench.key()
      expect(await session().commit('PutPrivate', ['guarded', key], by('FinanceMSP'))).to.equal(
        ENDORSEMENT_POLICY_FAILURE,
      )
      expect(await session().hash('guarded', key)).to.equal('')
      const planned = await session().endorse('PutPrivate', ['guarded', key], transient)
      expect(endorsersOf(planned)).to.have.members(['FinanceMSP', 'AuditMSP'])
      expect(await verdict(planned)).to.equal(VALID)
    })

    it('lets a collection’s policy be weaker than the chaincode’s', async () => {
      const all = session('private-all-three')
      expect(await all.commit('PutPrivate', ['light', bench.key()], by('FinanceMSP'))).to.equal(VALID)
      expect(await all.commit('PutPrivate', ['shared', bench.key()], by('FinanceMSP'))).to.equal(
        ENDORSEMENT_POLICY_FAILURE,
      )
      expect(endorsersOf(await all.endorse('PutPrivate', ['light', bench.key()], transient))).to.deep.equal([
        'FinanceMSP',
      ])
    })

    it('hands transient data to no organisation outside of the collection unasked', async () => {
      const all = session('private-all-three')
      await expectError(
        all.endorse('PutPrivate', ['shared', bench.key()], transient),
        'requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [shared]; retry specifying trusted endorsing organizations to protect transient data',
      )
      const named = by('FinanceMSP', 'AuditMSP', 'ConstructionMSP')
      expect(await all.commit('PutPrivate', ['shared', bench.key()], named)).to.equal(VALID)
      // Without transient data there is nothing to protect.
      expect(await all.commit('DeletePrivate', ['shared', bench.key()])).to.equal(VALID)
    })

    it('asks members alone where private values are read', async () => {
      await expectError(
        session('private-all-three').endorse('IncrementPrivate', ['shared', bench.key()]),
        'no combination of peers can be derived which satisfy the endorsement policy',
      )
    })

    it('gives the value to the members when another organisation endorsed it', async () => {
      const key = bench.key()
      await session().put('shared', key, 'from outside', by('ConstructionMSP'))
      expect(await session().get('shared', key)).to.equal('from outside')
      await eventually(async () => {
        expect(await session().get('shared', key, 'AuditMSP')).to.equal('from outside')
      })
      await expectError(session().get('shared', key, 'ConstructionMSP'), 'Private data version = <nil>')
    })

    it('refuses an endorsement when too few peers can have the data', async () => {
      await expectError(
        session().endorse('PutPrivate', ['crowded', bench.key()], transient),
        'could not build private data dissemination plan for chaincode private and collection crowded: required to disseminate to at least 2 peers, but know of only 1 eligible peers',
      )
    })

    it('keeps an organisation’s implicit collection at its own peer', async () => {
      const key = bench.key()
      const audits = '_implicit_org_AuditMSP'
      expect(await session().commit('PutPrivate', [audits, key], by('AuditMSP'))).to.equal(VALID)
      await eventually(async () => {
        expect(await session().get(audits, key, 'AuditMSP')).to.equal('secret')
      })
      await expectError(session().get(audits, key), 'private data matching public hash version is not available')
      await session().put('_implicit_org_FinanceMSP', key, 'my own')
      expect(await session().get('_implicit_org_FinanceMSP', key)).to.equal('my own')
    })

    it('judges a private key by its own policy once it has one, and keeps its value readable', async () => {
      const key = bench.key()
      await session().put('shared', key, 'one')
      const both = parsePolicyExpression("AND('FinanceMSP.peer','AuditMSP.peer')")
      const policy = Buffer.from(encode(SignaturePolicyEnvelope, both)).toString('base64')
      await session().submit('SetPrivateKeyPolicy', ['shared', key, policy])
      expect(await session().get('shared', key)).to.equal('one')
      await eventually(async () => {
        expect(await session().get('shared', key, 'AuditMSP')).to.equal('one')
      })
      expect(await session().evaluate('PrivateKeyPolicy', ['shared', key])).to.equal(policy)
      expect(await session().commit('PutPrivate', ['shared', key], by('FinanceMSP'))).to.equal(
        ENDORSEMENT_POLICY_FAILURE,
      )
      const planned = await session().endorse('PutPrivate', ['shared', key], transient)
      expect(endorsersOf(planned)).to.have.members(['FinanceMSP', 'AuditMSP'])
      expect(await verdict(planned)).to.equal(VALID)
    })

    it('tells a member of private values with the blocks, and others of those that are not for members only', async () => {
      const key = bench.key()
      await session().put('shared', key, 'one')
      const from = BigInt((await chainHeight(bench)) - 1)
      await session().put('members', key, 'two')
      const shared = [{ collection: 'shared', writes: [{ key, value: 'one' }] }]
      const members = [{ collection: 'members', writes: [{ key, value: 'two' }] }]
      const finance = bench.network.connect('FinanceMSP')
      expect(await privateWritesInBlocks(finance, from, 2)).to.deep.equal([shared, members])
      const { certificate, privateKey } = bench.network.connect('PartiesMSP')
      const stranger = { ...finance, mspId: 'PartiesMSP', certificate, privateKey }
      expect(await privateWritesInBlocks(stranger, from, 2)).to.deep.equal([shared, []])
      const construction = bench.network.connect('ConstructionMSP')
      expect(await privateWritesInBlocks(construction, from, 2)).to.deep.equal([[], []])
    })

    it('takes purged values out of the blocks of before, too', async () => {
      const key = bench.key()
      await session().put('shared', key, 'one')
      const from = BigInt((await chainHeight(bench)) - 1)
      await session().submit('PurgePrivate', ['shared', key])
      const trimmed = [{ collection: 'shared', writes: [] }]
      const finance = bench.network.connect('FinanceMSP')
      expect(await privateWritesInBlocks(finance, from, 2)).to.deep.equal([trimmed, trimmed])
    })

    // Last: a real peer of audit looks for the values, which nobody has for it, for up to a minute before it goes on.
    it('takes no write in an organisation’s implicit collection that it did not endorse', async () => {
      const args = ['_implicit_org_AuditMSP', bench.key()]
      expect(await session().commit('PutPrivate', args, by('FinanceMSP'))).to.equal(ENDORSEMENT_POLICY_FAILURE)
      expect(await session().hash('_implicit_org_AuditMSP', args[1] ?? '')).to.equal('')
    })
  })
}
