import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Contract } from 'fabric-contract-api'
import { ChaincodeStub, type ChaincodeResponse } from 'fabric-shim'

// fabric-shim's own parts, unmodified: what runs in a chaincode process between the peer's message and the contract.
const shimRequire = createRequire(require.resolve('fabric-shim'))

// The shim declares no types for these parts of itself, nor the constructor of its stub.
/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access */
/* eslint-disable @typescript-eslint/no-explicit-any */
const { common, msp, peer } = shimRequire('@hyperledger/fabric-protos')
const Bootstrap = shimRequire('./lib/contract-spi/bootstrap.js')
const ChaincodeFromContract = shimRequire('./lib/contract-spi/chaincodefromcontract.js')

export const fixture = (name: string): Buffer => readFileSync(join(__dirname, '..', '..', 'test', 'fixtures', name))

export interface TransactionMetadata {
  readonly name: string
  readonly tag: string[]
  readonly parameters: { readonly name: string; readonly schema: { readonly type: string } }[]
  readonly returns: { readonly type: string }
}

export interface LoadedChaincode {
  readonly metadata: { readonly contracts: Record<string, { readonly transactions: TransactionMetadata[] }> }
  Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse>
}

/** Loads this package as `fabric-chaincode-node` does: package.json's main, its contracts, their decorators' metadata. */
export function loadChaincode(): LoadedChaincode {
  const { contracts, serializers, title, version } = Bootstrap.getInfoFromContract(join(__dirname, '..', '..'))
  return new ChaincodeFromContract([...contracts], serializers, {}, title, version) as LoadedChaincode
}

/** Loads contract classes in the same way. */
export function loadContracts(contracts: (new () => Contract)[]): LoadedChaincode {
  const { serializers } = Bootstrap.getInfoFromContract(join(__dirname, '..', '..'))
  return new ChaincodeFromContract([...contracts], serializers) as LoadedChaincode
}

/**
 * A call as the peer would hand it over, in a real proposal. There is no peer behind it: it serves calls that are refused
 * before they touch the state.
 */
export function callOf(args: (string | Uint8Array)[], time = new Date()): ChaincodeStub {
  const creator = new msp.SerializedIdentity()
  creator.setMspid('FinanceMSP')
  creator.setIdBytes(fixture('finance-user.pem'))

  const signatureHeader = new common.SignatureHeader()
  signatureHeader.setCreator(creator.serializeBinary())
  signatureHeader.setNonce(Buffer.alloc(24, 1))

  const timestamp = new (shimRequire('google-protobuf/google/protobuf/timestamp_pb.js').Timestamp)()
  timestamp.fromDate(time)
  const channelHeader = new common.ChannelHeader()
  channelHeader.setTimestamp(timestamp)
  channelHeader.setChannelId('fiscal')

  const header = new common.Header()
  header.setSignatureHeader(signatureHeader.serializeBinary())
  header.setChannelHeader(channelHeader.serializeBinary())

  const input = new peer.ChaincodeInput()
  input.setArgsList(args.map((argument) => Buffer.from(argument as string)))
  const payload = new peer.ChaincodeProposalPayload()
  payload.setInput(input.serializeBinary())
  const proposal = new peer.Proposal()
  proposal.setHeader(header.serializeBinary())
  proposal.setPayload(payload.serializeBinary())
  const signedProposal = new peer.SignedProposal()
  signedProposal.setProposalBytes(proposal.serializeBinary())

  return new (ChaincodeStub as any)({}, 'fiscal', 'ab'.repeat(32), input, signedProposal) as ChaincodeStub
}
