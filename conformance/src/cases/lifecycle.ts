import { StatusCode } from '@hyperledger/fabric-gateway'
import { servicePackage, type ChaincodePackage } from '@caizheng/test-network'
import { peer } from '@hyperledger/fabric-protos'
import { expect } from 'chai'
import { ChaincodeService } from '../chaincode-service.js'
import { freePort } from '../free-port.js'
import { text } from '../gateway.js'
import { LifecycleSession, type DefinitionUnderTest } from '../lifecycle-session.js'
import type { Credentials } from '../network.js'
import { probe } from '../probe.js'
import type { Bench } from '../bench.js'
import { describeError, expectError, failureOf } from './state.js'

const { lifecycle } = peer
const ANY = "OR('FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"

/** Packages, approvals and definitions, with Fabric's own messages. */
export function lifecycleCases(bench: Bench): void {
  describe('lifecycle', () => {
    let sessions: LifecycleSession[] = []
    let service: ChaincodeService
    let packaged: ChaincodePackage
    const finance = (): LifecycleSession => sessionOf('FinanceMSP')
    const sessionOf = (mspId: string): LifecycleSession => {
      const session = sessions.find((one) => one.mspId === mspId)
      if (!session) throw new Error(`no session of ${mspId}`)
      return session
    }
    const all = (): string[] => [...bench.network.nodeOrganizations]
    const approveAll = async (definition: DefinitionUnderTest): Promise<void> => {
      await Promise.all(sessions.map((session) => session.approve(definition, packaged.id)))
    }
    const define = async (definition: DefinitionUnderTest): Promise<void> => {
      await approveAll(definition)
      await finance().commit(definition, all())
    }
    /** An administrator of one organisation who speaks to the peer of another. */
    const atPeerOf = (mspId: string, administrator: string): Credentials => {
      const peerOf = bench.network.connect(mspId)
      const credentials = bench.network.connect(administrator, 'admin')
      return { ...credentials, address: peerOf.address, grpcClient: () => peerOf.grpcClient() }
    }
    const unnamed = (): DefinitionUnderTest => ({
      name: `defined-${bench.key()}`,
      version: '1.0',
      sequence: 1,
      endorsementPolicy: ANY,
    })

    before(async () => {
      const address = `127.0.0.1:${String(await freePort())}`
      packaged = servicePackage('lifecycle_1.0', address)
      service = new ChaincodeService(probe, packaged.id, Number(address.split(':')[1]))
      await service.start()
      sessions = all().map((mspId) => new LifecycleSession(bench.network.connect(mspId, 'admin')))
      for (const session of sessions) expect(await session.install(packaged.bytes)).to.include({ status: 200 })
    })
    after(async () => {
      for (const session of sessions) session.close()
      await service.stop()
    })

    describe('packages', () => {
      it('names an installed package by its label and digest, and gives it back', async () => {
        const args = new lifecycle.GetInstalledChaincodePackageArgs()
        args.setPackageId(packaged.id)
        const { payload } = await finance().callPeer('GetInstalledChaincodePackage', args.serializeBinary())
        const result = lifecycle.GetInstalledChaincodePackageResult.deserializeBinary(payload)
        expect(Buffer.from(result.getChaincodeInstallPackage_asU8()).equals(packaged.bytes)).to.equal(true)
      })

      it('lists what is installed', async () => {
        const args = new lifecycle.QueryInstalledChaincodesArgs()
        const { payload } = await finance().callPeer('QueryInstalledChaincodes', args.serializeBinary())
        const listed = lifecycle.QueryInstalledChaincodesResult.deserializeBinary(payload)
          .getInstalledChaincodesList()
          .map((one) => [one.getPackageId(), one.getLabel()])
        expect(listed).to.deep.include([packaged.id, 'lifecycle_1.0'])
      })

      it('knows no package of another id', async () => {
        const args = new lifecycle.QueryInstalledChaincodeArgs()
        args.setPackageId('lifecycle_1.0:00')
        expect(await finance().callPeer('QueryInstalledChaincode', args.serializeBinary())).to.deep.include({
          status: 500,
          message:
            "failed to invoke backing implementation of 'QueryInstalledChaincode': could not find chaincode with package id 'lifecycle_1.0:00'",
        })
        const answer = await finance().callPeer('GetInstalledChaincodePackage', args.serializeBinary())
        expect(answer.message).to.equal(
          "failed to invoke backing implementation of 'GetInstalledChaincodePackage': could not load cc install package: chaincode install package 'lifecycle_1.0:00' not found",
        )
      })

      it('refuses to install a package twice', async () => {
        expect(await finance().install(packaged.bytes)).to.deep.include({
          status: 500,
          message: `failed to invoke backing implementation of 'InstallChaincode': chaincode already successfully installed (package ID '${packaged.id}')`,
        })
      })

      it('refuses what is no package', async () => {
        const prefix =
          "failed to invoke backing implementation of 'InstallChaincode': could not parse as a chaincode install package: "
        const answer = await finance().install(Buffer.from('no package at all'))
        expect(answer.message).to.equal(`${prefix}error reading as gzip stream: gzip: invalid header`)
        const labelled = servicePackage('_no label', '127.0.0.1:1')
        expect((await finance().install(labelled.bytes)).message).to.equal(
          `${prefix}invalid label '_no label'. Label must be non-empty, can only consist of alphanumerics, symbols from '.+-_', and can only begin with alphanumerics`,
        )
      })

      it('lets administrators install, and nobody else', async () => {
        const client = new LifecycleSession(bench.network.connect('FinanceMSP', 'client'))
        try {
          expect(await client.install(packaged.bytes)).to.deep.include({
            status: 500,
            message:
              "Failed to authorize invocation due to failed ACL check: Failed verifying that proposal's creator satisfies local MSP principal during channelless check policy with policy [Admins]: [The identity is not an admin under this MSP [FinanceMSP]: The identity does not contain OU [ADMIN], MSP: [FinanceMSP]]",
          })
        } finally {
          client.close()
        }
      })

      it('takes no proposal without a channel from another organisation', async () => {
        const other = new LifecycleSession(atPeerOf('FinanceMSP', 'AuditMSP'))
        try {
          await expectError(
            other.install(packaged.bytes),
            'error validating proposal: access denied: channel [] creator org unknown, creator is malformed',
          )
        } finally {
          other.close()
        }
      })

      it('has no function of another name', async () => {
        expect((await finance().callPeer('Uninstall', new Uint8Array())).message).to.equal(
          'Failed to authorize invocation due to failed ACL check: Unmapped policy for _lifecycle/Uninstall',
        )
      })
    })

    describe('approvals', () => {
      it('tells who has approved', async () => {
        const definition = unnamed()
        await sessionOf('AuditMSP').approve(definition, packaged.id)
        const { approvals, mismatches } = await finance().readiness(definition)
        expect(approvals).to.include({ AuditMSP: true, FinanceMSP: false, ConstructionMSP: false })
        expect(mismatches).to.have.property('FinanceMSP').that.deep.equals(['ChaincodeParameters'])
      })

      it('tells in what an approval differs', async () => {
        const definition = unnamed()
        await finance().approve(definition, packaged.id)
        const otherVersion = await finance().readiness({ ...definition, version: '2.0' })
        expect(otherVersion.mismatches).to.have.property('FinanceMSP').that.deep.equals(['EndorsementInfo'])
        const otherPolicy = await finance().readiness({ ...definition, endorsementPolicy: "OR('AuditMSP.peer')" })
        expect(otherPolicy.mismatches).to.have.property('FinanceMSP').that.deep.equals(['ValidationInfo'])
      })

      it('gives an organisation its own approval back, with the package', async () => {
        const definition = unnamed()
        await finance().approve(definition, packaged.id)
        expect(await finance().approved(definition.name, 1)).to.deep.equal({
          sequence: 1,
          version: '1.0',
          packageId: packaged.id,
        })
        expect((await finance().approved(definition.name)).sequence).to.equal(1)
        await expectError(
          sessionOf('AuditMSP').approved(definition.name, 1),
          `could not fetch approved chaincode definition (name: '${definition.name}', sequence: '1') on channel '${bench.network.channel}'`,
        )
      })

      it('can be changed until the commit, and not repeated', async () => {
        const definition = unnamed()
        await finance().approve(definition)
        expect((await finance().approved(definition.name)).packageId).to.equal(undefined)
        await expectError(
          finance().approve(definition),
          `attempted to redefine uncommitted sequence (1) for namespace ${definition.name} with unchanged content`,
        )
        await finance().approve({ ...definition, version: '1.1' }, packaged.id)
        expect(await finance().approved(definition.name)).to.include({ version: '1.1', packageId: packaged.id })
      })

      it('are of the next sequence', async () => {
        const definition = unnamed()
        await expectError(
          finance().approve({ ...definition, sequence: 0 }, packaged.id),
          'requested sequence is 0, but first definable sequence number is 1',
        )
        await expectError(
          finance().approve({ ...definition, sequence: 2 }, packaged.id),
          'requested sequence 2 is larger than the next available sequence number 1',
        )
        await expectError(
          finance().readiness({ ...definition, sequence: 2 }),
          'requested sequence is 2, but new definition must be sequence 1',
        )
      })

      it('are refused for names and versions that cannot be', async () => {
        const definition = unnamed()
        for (const [part, reason] of [
          [{ name: 'with space' }, "invalid chaincode name 'with space'"],
          [{ name: 'qscc' }, "chaincode name 'qscc' is the name of a system chaincode"],
          [{ version: '1/0' }, "invalid chaincode version '1/0'"],
        ] as const) {
          await expectError(
            finance().approve({ ...definition, ...part }, packaged.id),
            `error validating chaincode definition: ${reason}`,
          )
        }
      })

      it('are given by administrators, each for its own organisation', async () => {
        const client = new LifecycleSession(bench.network.connect('FinanceMSP', 'client'))
        try {
          await expectError(client.approve(unnamed(), packaged.id), 'Failed to authorize invocation due to failed ACL')
        } finally {
          client.close()
        }
        const guest = new LifecycleSession(atPeerOf('AuditMSP', 'FinanceMSP'))
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

    describe('definitions', () => {
      /** Calls until every organisation has taken the new definition in, which a real peer does a moment after the block. */
      const calls = async (name: string): Promise<void> => {
        const contract = finance().gateway.contract(name)
        const deadline = Date.now() + 20_000
        for (const mspId of all()) {
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
        finance()
          .gateway.contract(name)
          .newProposal('Put', { arguments: [key, '1'], endorsingOrganizations: ['FinanceMSP'] })
          .endorse()

      it('are committed when all have approved, and the chaincode runs', async () => {
        const definition = unnamed()
        await define(definition)
        await calls(definition.name)
        const contract = finance().gateway.contract(definition.name)
        const key = bench.key()
        await contract.submitTransaction('Put', key, 'defined')
        expect(text(await contract.evaluateTransaction('Get', key))).to.equal('defined')
        const { approvals, ...read } = await finance().definition(definition.name)
        expect(read).to.deep.equal({ version: '1.0', sequence: 1, initRequired: false })
        expect(approvals).to.include({ FinanceMSP: true, AuditMSP: true, ConstructionMSP: true })
        expect(await finance().definitionNames()).to.include.members([definition.name, 'any-two'])
        const args = new lifecycle.QueryInstalledChaincodeArgs()
        args.setPackageId(packaged.id)
        const { payload } = await finance().callPeer('QueryInstalledChaincode', args.serializeBinary())
        const installed = lifecycle.QueryInstalledChaincodeResult.deserializeBinary(payload).toObject()
        expect(JSON.stringify(installed)).to.include(definition.name)
      })

      it('are not endorsed by an organisation that has not approved', async () => {
        const definition = unnamed()
        for (const mspId of ['FinanceMSP', 'AuditMSP']) await sessionOf(mspId).approve(definition, packaged.id)
        await expectError(
          finance().commit(definition, all()),
          'chaincode response 500, failed to invoke backing implementation of ' +
            "'CommitChaincodeDefinition': chaincode definition not agreed to by this org (ConstructionMSP)",
        )
      })

      it('are invalid without the endorsement of all three', async () => {
        const definition = unnamed()
        for (const mspId of ['FinanceMSP', 'AuditMSP']) await sessionOf(mspId).approve(definition, packaged.id)
        const error = await failureOf(finance().commit(definition, ['FinanceMSP', 'AuditMSP']))
        expect(describeError(error)).to.include('ENDORSEMENT_POLICY_FAILURE')
        await expectError(finance().definition(definition.name), `namespace ${definition.name} is not defined`)
      })

      it('cannot be committed with other words than those approved', async () => {
        const definition = unnamed()
        await approveAll(definition)
        await expectError(
          finance().commit({ ...definition, endorsementPolicy: "OR('FinanceMSP.peer')" }, all()),
          'chaincode definition not agreed to by this org (FinanceMSP)',
        )
      })

      it('cannot be committed twice, nor approved otherwise afterwards', async () => {
        const definition = unnamed()
        await define(definition)
        await expectError(
          finance().commit(definition, all()),
          'requested sequence is 1, but new definition must be sequence 2',
        )
        await expectError(
          finance().approve({ ...definition, version: '9' }, packaged.id),
          `attempted to redefine the current committed sequence (1) for namespace ${definition.name} with different parameters: expected Version '1.0' does not match passed Version '9'`,
        )
        await expectError(
          finance().approve(definition, packaged.id),
          `attempted to redefine the current committed sequence (1) for namespace ${definition.name}`,
        )
      })

      it('fail what was endorsed under the one before', async () => {
        const definition = unnamed()
        await define(definition)
        await calls(definition.name)
        const endorsed = await endorse(definition.name, bench.key())
        await define({ ...definition, version: '2.0', sequence: 2 })
        const status = await (await endorsed.submit()).getStatus()
        expect(status.code).to.equal(StatusCode.MVCC_READ_CONFLICT)
        await calls(definition.name)
        const again = await (await endorse(definition.name, bench.key())).submit()
        expect((await again.getStatus()).code).to.equal(StatusCode.VALID)
      })

      it('can demand an initialization, once for each version', async () => {
        const { name, ...definition } = { ...unnamed(), initRequired: true }
        await define({ name, ...definition })
        const init = () => finance().initialize(name, ['Put', bench.key(), 'first'], ['FinanceMSP'])
        await eventually(async () => {
          await expectError(
            endorse(name, bench.key()),
            `invalid invocation: chaincode '${name}' has not been initialized for this version, must call as init first`,
          )
        })
        expect(await init()).to.equal(StatusCode.VALID)
        await expectError(init(), `invalid invocation: chaincode '${name}' is already initialized but called as init`)
        await calls(name)
        await define({ ...definition, name, version: '2.0', sequence: 2 })
        await eventually(() => expectError(endorse(name, bench.key()), 'must call as init first'))
        expect(await init()).to.equal(StatusCode.VALID)
      })

      it('refuse an initialization that nobody demanded', async () => {
        const definition = unnamed()
        await define(definition)
        await calls(definition.name)
        await expectError(
          finance().initialize(definition.name, ['Put', bench.key(), '1'], ['FinanceMSP']),
          `invalid invocation: chaincode '${definition.name}' does not require initialization but called as init`,
        )
      })
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
