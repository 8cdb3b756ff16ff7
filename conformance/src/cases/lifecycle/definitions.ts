import { StatusCode } from '@hyperledger/fabric-gateway'
import { peer } from '@hyperledger/fabric-protos'
import { expect } from 'chai'
import type { Bench } from '../../bench.js'
import { text } from '../../gateway.js'
import { describeError, expectError, failureOf } from '../state.js'
import type { LifecycleParties } from './parties.js'

const { lifecycle } = peer

/** What is committed, when it counts, and what it makes invalid. */
export function definitionCases(bench: Bench, parties: () => LifecycleParties): void {
  describe('definitions', () => {
    /** Calls until every organisation has taken the new definition in, which a real peer does a moment after the block. */
    const calls = async (name: string): Promise<void> => {
      const contract = parties().finance.gateway.contract(name)
      const deadline = Date.now() + 20_000
      for (const mspId of parties().organizations) {
        for (;;) {
          const asked = contract.evaluate('WhoAmI', { endorsingOrganizations: [mspId] })
          const failed = await asked.then(
            () => undefined,
            (error: unknown) => error,
          )
          if (failed === undefined) break
          if (Date.now() > deadline) throw failed as Error
          await new Promise((resolve) => setTimeout(resolve, 200))
        }
      }
    }
    const endorse = (name: string, key: string) =>
      parties()
        .finance.gateway.contract(name)
        .newProposal('Put', { arguments: [key, '1'], endorsingOrganizations: ['FinanceMSP'] })
        .endorse()

    it('are committed when all have approved, and the chaincode runs', async () => {
      const definition = parties().unnamed()
      await parties().define(definition)
      await calls(definition.name)
      const contract = parties().finance.gateway.contract(definition.name)
      const key = bench.key()
      await contract.submitTransaction('Put', key, 'defined')
      expect(text(await contract.evaluateTransaction('Get', key))).to.equal('defined')
      const { approvals, ...read } = await parties().finance.definition(definition.name)
      expect(read).to.deep.equal({ version: '1.0', sequence: 1, initRequired: false })
      expect(approvals).to.include({ FinanceMSP: true, AuditMSP: true, ConstructionMSP: true })
      expect(await parties().finance.definitionNames()).to.include.members([definition.name, 'any-two'])
      const args = new lifecycle.QueryInstalledChaincodeArgs()
      args.setPackageId(parties().packaged.id)
      const { payload } = await parties().finance.callPeer('QueryInstalledChaincode', args.serializeBinary())
      const installed = lifecycle.QueryInstalledChaincodeResult.deserializeBinary(payload).toObject()
      expect(JSON.stringify(installed)).to.include(definition.name)
    })

    it('are not endorsed by an organisation that has not approved', async () => {
      const definition = parties().unnamed()
      for (const mspId of ['FinanceMSP', 'AuditMSP'])
        await parties().of(mspId).approve(definition, parties().packaged.id)
      await expectError(
        parties().finance.commit(definition, parties().organizations),
        'chaincode response 500, failed to invoke backing implementation of ' +
          "'CommitChaincodeDefinition': chaincode definition not agreed to by this org (ConstructionMSP)",
      )
    })

    it('are invalid without the endorsement of all three', async () => {
      const definition = parties().unnamed()
      for (const mspId of ['FinanceMSP', 'AuditMSP'])
        await parties().of(mspId).approve(definition, parties().packaged.id)
      const error = await failureOf(parties().finance.commit(definition, ['FinanceMSP', 'AuditMSP']))
      expect(describeError(error)).to.include('ENDORSEMENT_POLICY_FAILURE')
      await expectError(parties().finance.definition(definition.name), `namespace ${definition.name} is not defined`)
    })

    it('cannot be committed with other words than those approved', async () => {
      const definition = parties().unnamed()
      await parties().approveAll(definition)
      await expectError(
        parties().finance.commit(
          { ...definition, endorsementPolicy: "OR('FinanceMSP.peer')" },
          parties().organizations,
        ),
        'chaincode definition not agreed to by this org (FinanceMSP)',
      )
    })

    it('cannot be committed twice, nor approved otherwise afterwards', async () => {
      const definition = parties().unnamed()
      await parties().define(definition)
      await expectError(
        parties().finance.commit(definition, parties().organizations),
        'requested sequence is 1, but new definition must be sequence 2',
      )
      await expectError(
        parties().finance.approve({ ...definition, version: '9' }, parties().packaged.id),
        `attempted to redefine the current committed sequence (1) for namespace ${definition.name} with different parameters: expected Version '1.0' does not match passed Version '9'`,
      )
      await expectError(
        parties().finance.approve(definition, parties().packaged.id),
        `attempted to redefine the current committed sequence (1) for namespace ${definition.name}`,
      )
    })

    it('fail what was endorsed under the one before', async () => {
      const definition = parties().unnamed()
      await parties().define(definition)
      await calls(definition.name)
      const endorsed = await endorse(definition.name, bench.key())
      await parties().define({ ...definition, version: '2.0', sequence: 2 })
      const status = await (await endorsed.submit()).getStatus()
      expect(status.code).to.equal(StatusCode.MVCC_READ_CONFLICT)
      await calls(definition.name)
      const again = await (await endorse(definition.name, bench.key())).submit()
      expect((await again.getStatus()).code).to.equal(StatusCode.VALID)
    })

    it('can demand an initialization, once for each version', async () => {
      const { name, ...definition } = { ...parties().unnamed(), initRequired: true }
      await parties().define({ name, ...definition })
      const init = () => parties().finance.initialize(name, ['Put', bench.key(), 'first'], ['FinanceMSP'])
      await eventually(async () => {
        await expectError(
          endorse(name, bench.key()),
          `invalid invocation: chaincode '${name}' has not been initialized for this version, must call as init first`,
        )
      })
      expect(await init()).to.equal(StatusCode.VALID)
      await expectError(init(), `invalid invocation: chaincode '${name}' is already initialized but called as init`)
      await calls(name)
      await parties().define({ ...definition, name, version: '2.0', sequence: 2 })
      await eventually(() => expectError(endorse(name, bench.key()), 'must call as init first'))
      expect(await init()).to.equal(StatusCode.VALID)
    })

    it('refuse an initialization that nobody demanded', async () => {
      const definition = parties().unnamed()
      await parties().define(definition)
      await calls(definition.name)
      await expectError(
        parties().finance.initialize(definition.name, ['Put', bench.key(), '1'], ['FinanceMSP']),
        `invalid invocation: chaincode '${definition.name}' does not require initialization but called as init`,
      )
    })
  })
}

/** Tries again for a while: a real peer takes a new definition in a moment after its block. */
async function eventually(work: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      await work()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}
