import { servicePackage } from '@caizheng/test-network'
import { peer } from '@hyperledger/fabric-protos'
import { expect } from 'chai'
import type { Bench } from '../../bench.js'
import { LifecycleSession } from '../../lifecycle-session.js'
import { expectError } from '../state.js'
import type { LifecycleParties } from './parties.js'

const { lifecycle } = peer

/** What can be installed, by whom, and how it is found again. */
export function packageCases(bench: Bench, parties: () => LifecycleParties): void {
  describe('packages', () => {
    it('names an installed package by its label and digest, and gives it back', async () => {
      const args = new lifecycle.GetInstalledChaincodePackageArgs()
      args.setPackageId(parties().packaged.id)
      const { payload } = await parties().finance.callPeer('GetInstalledChaincodePackage', args.serializeBinary())
      const result = lifecycle.GetInstalledChaincodePackageResult.deserializeBinary(payload)
      expect(Buffer.from(result.getChaincodeInstallPackage_asU8()).equals(parties().packaged.bytes)).to.equal(true)
    })

    it('lists what is installed', async () => {
      const args = new lifecycle.QueryInstalledChaincodesArgs()
      const { payload } = await parties().finance.callPeer('QueryInstalledChaincodes', args.serializeBinary())
      const listed = lifecycle.QueryInstalledChaincodesResult.deserializeBinary(payload)
        .getInstalledChaincodesList()
        .map((one) => [one.getPackageId(), one.getLabel()])
      expect(listed).to.deep.include([parties().packaged.id, 'lifecycle_1.0'])
    })

    it('knows no package of another id', async () => {
      const args = new lifecycle.QueryInstalledChaincodeArgs()
      args.setPackageId('lifecycle_1.0:00')
      expect(await parties().finance.callPeer('QueryInstalledChaincode', args.serializeBinary())).to.deep.include({
        status: 500,
        message:
          "failed to invoke backing implementation of 'QueryInstalledChaincode': could not find chaincode with package id 'lifecycle_1.0:00'",
      })
      const answer = await parties().finance.callPeer('GetInstalledChaincodePackage', args.serializeBinary())
      expect(answer.message).to.equal(
        "failed to invoke backing implementation of 'GetInstalledChaincodePackage': could not load cc install package: chaincode install package 'lifecycle_1.0:00' not found",
      )
    })

    it('refuses to install a package twice', async () => {
      expect(await parties().finance.install(parties().packaged.bytes)).to.deep.include({
        status: 500,
        message: `failed to invoke backing implementation of 'InstallChaincode': chaincode already successfully installed (package ID '${parties().packaged.id}')`,
      })
    })

    it('refuses what is no package', async () => {
      const prefix =
        "failed to invoke backing implementation of 'InstallChaincode': could not parse as a chaincode install package: "
      const answer = await parties().finance.install(Buffer.from('no package at all'))
      expect(answer.message).to.equal(`${prefix}error reading as gzip stream: gzip: invalid header`)
      const labelled = servicePackage('_no label', '127.0.0.1:1')
      expect((await parties().finance.install(labelled.bytes)).message).to.equal(
        `${prefix}invalid label '_no label'. Label must be non-empty, can only consist of alphanumerics, symbols from '.+-_', and can only begin with alphanumerics`,
      )
    })

    it('lets administrators install, and nobody else', async () => {
      const client = new LifecycleSession(bench.network.connect('FinanceMSP', 'client'))
      try {
        expect(await client.install(parties().packaged.bytes)).to.deep.include({
          status: 500,
          message:
            "Failed to authorize invocation due to failed ACL check: Failed verifying that proposal's creator satisfies local MSP principal during channelless check policy with policy [Admins]: [The identity is not an admin under this MSP [FinanceMSP]: The identity does not contain OU [ADMIN], MSP: [FinanceMSP]]",
        })
      } finally {
        client.close()
      }
    })

    it('takes no proposal without a channel from another organisation', async () => {
      const other = new LifecycleSession(parties().atPeerOf('FinanceMSP', 'AuditMSP'))
      try {
        await expectError(
          other.install(parties().packaged.bytes),
          'error validating proposal: access denied: channel [] creator org unknown, creator is malformed',
        )
      } finally {
        other.close()
      }
    })

    it('has no function of another name', async () => {
      expect((await parties().finance.callPeer('Uninstall', new Uint8Array())).message).to.equal(
        'Failed to authorize invocation due to failed ACL check: Unmapped policy for _lifecycle/Uninstall',
      )
    })
  })
}
