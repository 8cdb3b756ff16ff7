import { decode, encode, endorsementBytes, parseCertificate, SerializedIdentity } from '@caizheng/fabric-wire'
import { StatusCode } from '@hyperledger/fabric-gateway'
import { revoke } from '@caizheng/test-network'
import { gateway, peer } from '@hyperledger/fabric-protos'
import { expect } from 'chai'
import { openGateway } from '../gateway.js'
import type { Credentials } from '../network.js'
import type { Bench } from '../bench.js'
import { changeTransaction, submitAsFinance } from './attacks.js'
import { settled } from './administrators.js'
import { expectError } from './state.js'

const DAY = 86_400_000

/** Certificates that an update of the configuration revokes. */
export function revocationCases(bench: Bench): void {
  describe('revoked certificates', () => {
    let lists = 0
    const issued = (mspId: string, role: 'client' | 'admin'): Credentials => {
      const { certificatePem, privateKeyPem } = bench.network.consortium.issue(mspId, { name: bench.key(), role })
      return { ...bench.network.connect(mspId), certificate: certificatePem, privateKey: privateKeyPem }
    }
    const listOf = (mspId: string, ...revoked: readonly Credentials[]): string => {
      const organization = bench.network.consortium.organizations.get(mspId)
      if (!organization) throw new Error(`there is no ${mspId}`)
      const entries = revoked.map(({ certificate }) => ({
        serial: parseCertificate(Buffer.from(certificate)).serial,
        revokedAt: new Date(),
      }))
      return organization.ca.revocationList(entries, (lists += 1), new Date(Date.now() + DAY))
    }
    const revokeAll = async (mspId: string, ...revoked: readonly Credentials[]): Promise<void> => {
      await revoke(bench.network.consortium, bench.network, mspId, listOf(mspId, ...revoked))
      await settled(bench)
    }

    it('are refused when they propose, evaluate, submit and ask for a status; others go on', async () => {
      const [lost, kept] = [openGateway(issued('AuditMSP', 'client')), openGateway(issued('AuditMSP', 'client'))]
      const lostCredentials = issued('AuditMSP', 'client')
      const gone = openGateway(lostCredentials)
      try {
        const contract = gone.contract('any-two')
        const key = bench.key()
        await contract.submitTransaction('Put', key, '1')
        const endorsed = await contract.newProposal('Put', { arguments: [key, '2'] }).endorse()
        const committed = await (await contract.newProposal('Put', { arguments: [key, '3'] }).endorse()).submit()
        expect((await committed.getStatus()).code).to.equal(StatusCode.VALID)

        await revokeAll('AuditMSP', lostCredentials)
        const refused = 'creator org [AuditMSP]'
        await expectError(contract.submitTransaction('Put', key, '4'), refused)
        await expectError(contract.evaluateTransaction('Get', key), refused)
        await expectError(endorsed.submit(), 'FORBIDDEN')
        await expectError(committed.getStatus(), 'PERMISSION_DENIED')
        const events = await gone.gateway.getNetwork(bench.network.channel).getChaincodeEvents('any-two')
        await expectError(events[Symbol.asyncIterator]().next(), 'PERMISSION_DENIED')

        await kept.contract('any-two').submitTransaction('Put', key, '5')
        await lost.contract('any-two').evaluateTransaction('Get', key)
      } finally {
        for (const session of [lost, kept, gone]) session.close()
      }
    })

    it('of a peer count no longer in an endorsement, made before or after', async () => {
      const issuedPeer = bench.network.consortium.issue('ConstructionMSP', { name: bench.key(), role: 'peer' })
      const endorser = encode(SerializedIdentity, {
        mspid: 'ConstructionMSP',
        idBytes: Buffer.from(issuedPeer.certificatePem),
      })
      /** Endorsed by finance's peer, and by the one with the issued certificate in the place of audit's. */
      const endorsed = async () => {
        const transaction = await bench.finance
          .contract('any-two')
          .newProposal('Put', { arguments: [bench.key(), '1'], endorsingOrganizations: ['FinanceMSP', 'AuditMSP'] })
          .endorse()
        const prepared = gateway.PreparedTransaction.deserializeBinary(transaction.getBytes())
        changeTransaction(prepared, (action) => {
          const own = action.getEndorsementsList().find((one) => {
            return decode(SerializedIdentity, one.getEndorser_asU8()).mspid === 'FinanceMSP'
          })
          const second = new peer.Endorsement()
          second.setEndorser(endorser)
          const payload = action.getProposalResponsePayload_asU8()
          second.setSignature(issuedPeer.sign(endorsementBytes(payload, endorser)))
          if (own) action.setEndorsementsList([own, second])
        })
        return prepared
      }
      expect(await submitAsFinance(bench, await endorsed())).to.equal(StatusCode.VALID)
      const before = await endorsed()
      await revokeAll('ConstructionMSP', {
        ...bench.network.connect('ConstructionMSP'),
        certificate: issuedPeer.certificatePem,
      })
      expect(await submitAsFinance(bench, before)).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
      expect(await submitAsFinance(bench, await endorsed())).to.equal(StatusCode.ENDORSEMENT_POLICY_FAILURE)
    })

    it('of an organisation without a node are refused too', async () => {
      const teller = issued('BankMSP', 'client')
      const session = openGateway(teller)
      try {
        await session.contract('any-two').submitTransaction('Put', bench.key(), '1')
        await revokeAll('BankMSP', teller)
        await expectError(
          session.contract('any-two').submitTransaction('Put', bench.key(), '1'),
          'creator org [BankMSP]',
        )
      } finally {
        session.close()
      }
    })

    it('of an earlier list stay revoked when a later one comes', async () => {
      const [first, second] = [issued('TaxMSP', 'client'), issued('TaxMSP', 'client')]
      await revokeAll('TaxMSP', first)
      await revokeAll('TaxMSP', second)
      for (const credentials of [first, second]) {
        const session = openGateway(credentials)
        try {
          await expectError(session.contract('any-two').evaluateTransaction('WhoAmI'), 'creator org [TaxMSP]')
        } finally {
          session.close()
        }
      }
    })

    it('are those of the list’s own CA only', async () => {
      const list = listOf('BankMSP', issued('BankMSP', 'client'))
      await expectError(revoke(bench.network.consortium, bench.network, 'TaxMSP', list), 'not signed by a CA of TaxMSP')
    })
  })
}
