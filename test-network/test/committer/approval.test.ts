import { readFileSync } from 'node:fs'
import {
  ApproveChaincodeDefinitionArgs,
  ChaincodeAction,
  ChaincodeActionPayload,
  decodeLoose,
  encode,
  Envelope,
  HashedRWSet,
  KVRWSet,
  parseBlock,
  Payload,
  ProposalResponsePayload,
  sha256,
  toHex,
  Transaction,
  TxReadWriteSet,
} from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { applicationPolicy, startTestNetwork } from '../../src/index.js'
import { withContract } from '../support/client.js'

/** Block 1 of a network of Fabric 3.1: the approvals of `anchor` by all three organisations. */
const recorded = parseBlock(
  readFileSync(new URL('../../../../fabric-wire/test/fixtures/fabric/chain/blocks/1.block', import.meta.url)),
)

/** What a transaction read and wrote, without versions. */
function readWriteSet(envelope: Uint8Array) {
  const { data } = decodeLoose(Payload, decodeLoose(Envelope, envelope).payload)
  const action = decodeLoose(ChaincodeActionPayload, decodeLoose(Transaction, data).actions[0]?.payload ?? data).action
  const { extension } = decodeLoose(ProposalResponsePayload, action?.proposalResponsePayload ?? data)
  const { nsRwset } = decodeLoose(TxReadWriteSet, decodeLoose(ChaincodeAction, extension).results)
  return nsRwset.map(({ namespace, rwset, collectionHashedRwset }) => {
    const { reads, writes } = decodeLoose(KVRWSet, rwset)
    return {
      namespace,
      reads: reads.map(({ key }) => key),
      writes: writes.map(({ key }) => key),
      collections: collectionHashedRwset.map(({ collectionName, hashedRwset }) => {
        const { hashedReads, hashedWrites } = decodeLoose(HashedRWSet, hashedRwset)
        return {
          collectionName,
          reads: hashedReads.map(({ keyHash }) => toHex(keyHash)),
          writes: hashedWrites.map(({ keyHash, valueHash }) => [toHex(keyHash), toHex(valueHash)]),
        }
      }),
    }
  })
}

function withoutValueOf(hidden: string, namespaces: ReturnType<typeof readWriteSet>) {
  return namespaces.map(({ collections, ...rest }) => ({
    ...rest,
    collections: collections.map(({ writes, ...others }) => ({
      ...others,
      writes: writes.map(([key, value]) => [key, key === hidden ? '' : value]),
    })),
  }))
}

describe('an approval', function () {
  this.timeout(30_000)

  it('reads and writes what it does on a peer of Fabric, hash by hash', async () => {
    const network = await startTestNetwork()
    try {
      const approval = encode(ApproveChaincodeDefinitionArgs, {
        name: 'anchor',
        version: '1.0',
        sequence: 1,
        validationParameter: applicationPolicy("OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')"),
        source: { unavailable: {} },
      })
      await withContract(network.connect('FinanceMSP', 'admin'), '_lifecycle', (contract) =>
        contract.submit('ApproveChaincodeDefinitionForMyOrg', {
          arguments: [approval],
          endorsingOrganizations: ['FinanceMSP'],
        }),
      )
      const block = await network.ledger.block(1)
      const ours = readWriteSet(parseBlock(block ?? new Uint8Array()).data[0] ?? new Uint8Array())
      const theirs = readWriteSet(recorded.data[0] ?? new Uint8Array())
      // Their package has an id of its own, so that this one value differs
      const packageKey = toHex(sha256(Buffer.from('chaincode-sources/fields/anchor#1/PackageID')))
      expect(withoutValueOf(packageKey, ours)).to.deep.equal(withoutValueOf(packageKey, theirs))
    } finally {
      await network.stop()
    }
  })
})
