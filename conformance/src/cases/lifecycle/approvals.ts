import { peer } from '@hyperledger/fabric-protos'
import { expect } from 'chai'
import type { Bench } from '../../bench.js'
import { LifecycleSession } from '../../lifecycle-session.js'
import { expectError } from '../state.js'
import type { LifecycleParties } from './parties.js'

const { lifecycle } = peer

/** What an organisation approves, and what others are told of it. */
export function approvalCases(bench: Bench, parties: () => LifecycleParties): void {
  describe('approvals', () => {
    it('tells who has approved', async () => {
      const definition = parties().unnamed()
      await parties().of('AuditMSP').approve(definition, parties().packaged.id)
      const { approvals, mismatches } = await parties().finance.readiness(definition)
      expect(approvals).to.include({ AuditMSP: true, FinanceMSP: false, ConstructionMSP: false })
      expect(mismatches).to.have.property('FinanceMSP').that.deep.equals(['ChaincodeParameters'])
    })

    it('tells in what an approval differs', async () => {
      const definition = parties().unnamed()
      await parties().finance.approve(definition, parties().packaged.id)
      const otherVersion = await parties().finance.readiness({ ...definition, version: '2.0' })
      expect(otherVersion.mismatches).to.have.property('FinanceMSP').that.deep.equals(['EndorsementInfo'])
      const otherPolicy = await parties().finance.readiness({ ...definition, endorsementPolicy: "OR('AuditMSP.peer')" })
      expect(otherPolicy.mismatches).to.have.property('FinanceMSP').that.deep.equals(['ValidationInfo'])
    })

    it('gives an organisation its own approval back, with the package', async () => {
      const definition = parties().unnamed()
      await parties().finance.approve(definition, parties().packaged.id)
      expect(await parties().finance.approved(definition.name, 1)).to.deep.equal({
        sequence: 1,
        version: '1.0',
        packageId: parties().packaged.id,
      })
      expect((await parties().finance.approved(definition.name)).sequence).to.equal(1)
      await expectError(
        parties().of('AuditMSP').approved(definition.name, 1),
        `could not fetch approved chaincode definition (name: '${definition.name}', sequence: '1') on channel '${bench.network.channel}'`,
      )
    })

    it('can be changed until the commit, and not repeated', async () => {
      const definition = parties().unnamed()
      await parties().finance.approve(definition)
      expect((await parties().finance.approved(definition.name)).packageId).to.equal(undefined)
      await expectError(
        parties().finance.approve(definition),
        `attempted to redefine uncommitted sequence (1) for namespace ${definition.name} with unchanged content`,
      )
      await parties().finance.approve({ ...definition, version: '1.1' }, parties().packaged.id)
      expect(await parties().finance.approved(definition.name)).to.include({
        version: '1.1',
        packageId: parties().packaged.id,
      })
    })

    it('are of the next sequence', async () => {
      const definition = parties().unnamed()
      await expectError(
        parties().finance.approve({ ...definition, sequence: 0 }, parties().packaged.id),
        'requested sequence is 0, but first definable sequence number is 1',
      )
      await expectError(
        parties().finance.approve({ ...definition, sequence: 2 }, parties().packaged.id),
        'requested sequence 2 is larger than the next available sequence number 1',
      )
      await expectError(
        parties().finance.readiness({ ...definition, sequence: 2 }),
        'requested sequence is 2, but new definition must be sequence 1',
      )
    })

    it('are refused for names and versions that cannot be', async () => {
      const definition = parties().unnamed()
      for (const [part, reason] of [
        [{ name: 'with space' }, "invalid chaincode name 'with space'"],
        [{ name: 'qscc' }, "chaincode name 'qscc' is the name of a system chaincode"],
        [{ version: '1/0' }, "invalid chaincode version '1/0'"],
      ] as const) {
        await expectError(
          parties().finance.approve({ ...definition, ...part }, parties().packaged.id),
          `error validating chaincode definition: ${reason}`,
        )
      }
    })

    it('are given by administrators, each for its own organisation', async () => {
      const client = new LifecycleSession(bench.network.connect('FinanceMSP', 'client'))
      try {
        await expectError(
          client.approve(parties().unnamed(), parties().packaged.id),
          'Failed to authorize invocation due to failed ACL',
        )
      } finally {
        client.close()
      }
      const guest = new LifecycleSession(parties().atPeerOf('AuditMSP', 'FinanceMSP'))
      try {
        const args = new lifecycle.QueryApprovedChaincodeDefinitionArgs()
        args.setName('any-two')
        const asked = guest.gateway.contract('_lifecycle').evaluate('QueryApprovedChaincodeDefinition', {
          arguments: [args.serializeBinary()],
          endorsingOrganizations: ['AuditMSP'],
        })
        await expectError(asked, 'expected MSP ID AuditMSP, received FinanceMSP')
      } finally {
        guest.close()
      }
    })
  })
}
