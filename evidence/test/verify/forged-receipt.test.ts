import { randomBytes } from 'node:crypto'
import {
  ChaincodeAction,
  ChaincodeInvocationSpec,
  ChannelHeader,
  concatBytes,
  encode,
  KVRWSet,
  ProposalResponsePayload,
  SerializedIdentity,
  SignatureHeader,
} from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import { formatReport, verify, type FaultCode, type StepCode } from '../../src/index.js'
import { createNetwork, DEFINITION, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf, type Forgery } from '../support/receipt.js'
import { anchorOf, batchOf, DOCUMENT } from '../support/records.js'

type Case = readonly [what: string, forgery: Forgery, step: StepCode, fault: FaultCode]

const encoder = new TextEncoder()
const record = anchorOf(DOCUMENT)
const key = `anchor:${record.id}`
const version = { blockNum: 5, txNum: 1 }

/** Puts bytes before the honest ones, or after them. */
const prefixed = (bytes: Uint8Array) => (honest: Uint8Array) => concatBytes(bytes, honest)
const suffixed = (bytes: Uint8Array) => (honest: Uint8Array) => concatBytes(honest, bytes)

/** Every signature of these receipts is genuine: three real keys signed the forged bytes. */
const CASES: readonly Case[] = [
  // Encoding: Go takes the last of a repeated field and merges repeated messages, others replace; so one form only.
  [
    'a pilot channel that repeats the field to say fiscal',
    {
      channelHeader: { channelId: 'pilot' },
      channelHeaderBytes: suffixed(encode(ChannelHeader, { channelId: 'fiscal' })),
    },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'a time said twice',
    { channelHeaderBytes: prefixed(encode(ChannelHeader, { timestamp: { seconds: 1_577_836_800 } })) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'an echoing function whose invocation merges into GetAnchor',
    {
      input: { args: [encoder.encode('Echo'), canonicalBytes(record)] },
      invocationBytes: suffixed(
        encode(ChaincodeInvocationSpec, {
          chaincodeSpec: { input: { args: [encoder.encode('EvidenceContract:GetAnchor'), encoder.encode(record.id)] } },
        }),
      ),
    },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'an unknown field in the header',
    { channelHeaderBytes: suffixed(Uint8Array.of(0x7a, 0x01, 0x00)) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'an unknown field in the header extension',
    { extensionBytes: suffixed(Uint8Array.of(0x7a, 0x01, 0x00)) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'a nonce said twice',
    { signatureHeaderBytes: suffixed(encode(SignatureHeader, { nonce: randomBytes(24) })) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'a header whose last field moved into the signature header',
    {
      channelHeaderBytes: (honest) => honest.subarray(0, honest.length - 14),
      signatureHeaderBytes: prefixed(Uint8Array.of(0x3a, 0x0c, 0x12, 0x0a, 0x12, 0x08, ...encoder.encode('evidence'))),
    },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'a result with merged messages',
    { resultsBytes: (honest) => concatBytes(honest, Uint8Array.of(0x08, 0x00)) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'a read set with its fields out of order',
    {
      rwsetBytes: (honest) => concatBytes(encode(KVRWSet, { writes: [{ key: 'x', value: honest }] }), honest),
    },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'an action that says its response twice',
    { actionBytes: suffixed(encode(ChaincodeAction, { response: { status: 200, payload: canonicalBytes(record) } })) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'a response payload with a second extension',
    { payloadBytes: suffixed(encode(ProposalResponsePayload, { extension: Uint8Array.of(1) })) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  [
    'an endorser that names two organisations',
    { endorserBytes: suffixed(encode(SerializedIdentity, { mspid: 'FinanceMSP' })) },
    'RECEIPT_ENCODING',
    'RECEIPT_MALFORMED',
  ],
  ['a padded varint', { proposalBytes: (b) => padLength(b) }, 'RECEIPT_ENCODING', 'RECEIPT_MALFORMED'],
  ['another proposal', { proposalHash: (hash) => hash.map((b) => b ^ 1) }, 'RECEIPT_ENCODING', 'PROPOSAL_HASH'],

  // Header
  ['a configuration update', { channelHeader: { type: 2 } }, 'RECEIPT_HEADER', 'HEADER_TYPE'],
  ['another header version', { channelHeader: { version: 1 } }, 'RECEIPT_HEADER', 'HEADER_TYPE'],
  ['another epoch', { channelHeader: { epoch: 1 } }, 'RECEIPT_HEADER', 'HEADER_TYPE'],
  ['another channel', { channelHeader: { channelId: 'pilot' } }, 'RECEIPT_HEADER', 'OTHER_CHANNEL'],
  ['another transaction id', { channelHeader: { txId: 'ab'.repeat(32) } }, 'RECEIPT_HEADER', 'TRANSACTION_ID'],
  ['another nonce', { signatureHeader: { nonce: randomBytes(24) } }, 'RECEIPT_HEADER', 'TRANSACTION_ID'],
  ['no time', { channelHeader: { timestamp: undefined } }, 'RECEIPT_HEADER', 'HEADER_TIME'],
  ['a time before 1970', { channelHeader: { timestamp: { seconds: -1, nanos: 0 } } }, 'RECEIPT_HEADER', 'HEADER_TIME'],
  [
    'a time with too many nanoseconds',
    { channelHeader: { timestamp: { seconds: 1_795_399_471, nanos: 1_000_000_000 } } },
    'RECEIPT_HEADER',
    'HEADER_TIME',
  ],

  // Chaincode
  ['another chaincode in the header', { headerChaincode: { name: 'other' } }, 'RECEIPT_CHAINCODE', 'CHAINCODE_NAME'],
  ['another chaincode in the call', { specChaincode: { name: 'other' } }, 'RECEIPT_CHAINCODE', 'CHAINCODE_NAME'],
  [
    'another chaincode in the answer',
    { answerChaincode: { name: 'other', version: DEFINITION.version } },
    'RECEIPT_CHAINCODE',
    'CHAINCODE_NAME',
  ],
  ['a path beside the name', { specChaincode: { name: 'evidence', path: 'x' } }, 'RECEIPT_CHAINCODE', 'CHAINCODE_NAME'],
  [
    'a version that was never accepted',
    { answerChaincode: { name: 'evidence', version: '6.6.6' } },
    'RECEIPT_CHAINCODE',
    'CHAINCODE_DEFINITION',
  ],
  [
    'the accepted version, committed elsewhere',
    { sequenceVersion: { blockNum: 9, txNum: 0 } },
    'RECEIPT_CHAINCODE',
    'CHAINCODE_DEFINITION',
  ],
  [
    'a definition that was never committed',
    { sequenceVersion: undefined },
    'RECEIPT_CHAINCODE',
    'CHAINCODE_DEFINITION',
  ],

  // Call
  ['an initialisation', { input: { args: callOf(record.id), isInit: true } }, 'RECEIPT_CALL', 'CALL_INIT'],
  [
    'decorations',
    { input: { args: callOf(record.id), decorations: new Map([['a', Uint8Array.of(1)]]) } },
    'RECEIPT_CALL',
    'CALL_DECORATIONS',
  ],
  ['transient data', { transient: new Map([['a', Uint8Array.of(1)]]) }, 'RECEIPT_CALL', 'CALL_TRANSIENT'],
  [
    'a function that echoes',
    { input: { args: [encoder.encode('EvidenceContract:Echo'), encoder.encode(record.id)] } },
    'RECEIPT_CALL',
    'CALL_ARGUMENTS',
  ],
  [
    'an argument more',
    { input: { args: [...callOf(record.id), encoder.encode('x')] } },
    'RECEIPT_CALL',
    'CALL_ARGUMENTS',
  ],
  ['no arguments at all', { input: { args: [] } }, 'RECEIPT_CALL', 'CALL_ARGUMENTS'],
  [
    'an argument that is no text',
    { input: { args: [Uint8Array.of(0xff), encoder.encode(record.id)] } },
    'RECEIPT_CALL',
    'CALL_ARGUMENTS',
  ],

  // Result
  ['a failed call', { response: { status: 500, payload: canonicalBytes(record) } }, 'RECEIPT_RESULT', 'RESULT_STATUS'],
  [
    'a success with a message',
    { response: { status: 200, message: 'but', payload: canonicalBytes(record) } },
    'RECEIPT_RESULT',
    'RESULT_STATUS',
  ],
  [
    'an event',
    { action: { events: Uint8Array.from(encode(SerializedIdentity, { mspid: 'event' })) } },
    'RECEIPT_RESULT',
    'RESULT_EVENTS',
  ],
  ['no read of the key', { rwset: { reads: [] } }, 'RECEIPT_RESULT', 'RESULT_READS'],
  ['a read of another key', { rwset: { reads: [{ key: 'anchor:other', version }] } }, 'RECEIPT_RESULT', 'RESULT_READS'],
  [
    'a read more',
    {
      rwset: {
        reads: [
          { key, version },
          { key: 'network', version },
        ],
      },
    },
    'RECEIPT_RESULT',
    'RESULT_READS',
  ],
  ['a key that is not on the chain', { rwset: { reads: [{ key }] } }, 'RECEIPT_RESULT', 'RESULT_ABSENT'],
  [
    'an endorsed write that was never submitted',
    { rwset: { reads: [{ key, version }], writes: [{ key, value: canonicalBytes(record) }] } },
    'RECEIPT_RESULT',
    'RESULT_WRITES',
  ],
  [
    'a change of a key’s policy',
    { rwset: { reads: [{ key, version }], metadataWrites: [{ key }] } },
    'RECEIPT_RESULT',
    'RESULT_METADATA_WRITES',
  ],
  [
    'a range query',
    { rwset: { reads: [{ key, version }], rangeQueriesInfo: [{ startKey: 'a', endKey: 'b' }] } },
    'RECEIPT_RESULT',
    'RESULT_RANGES',
  ],
  [
    'a private collection',
    {
      results: (honest) => ({
        nsRwset: (honest.nsRwset ?? []).map((entry) =>
          entry.namespace === 'evidence' ? { ...entry, collectionHashedRwset: [{ collectionName: 'c' }] } : entry,
        ),
      }),
    },
    'RECEIPT_RESULT',
    'RESULT_COLLECTIONS',
  ],
  [
    'another namespace',
    { results: (honest) => ({ nsRwset: [...(honest.nsRwset ?? []), { namespace: 'payment' }] }) },
    'RECEIPT_RESULT',
    'RESULT_NAMESPACES',
  ],
  [
    'a namespace twice',
    { results: (honest) => ({ nsRwset: [...(honest.nsRwset ?? []), ...(honest.nsRwset ?? []).slice(1)] }) },
    'RECEIPT_RESULT',
    'RESULT_NAMESPACES',
  ],
  [
    'no read of the definition',
    { results: (honest) => ({ nsRwset: (honest.nsRwset ?? []).slice(1) }) },
    'RECEIPT_RESULT',
    'RESULT_NAMESPACES',
  ],
  ['another data model', { results: (honest) => ({ ...honest, dataModel: 1 }) }, 'RECEIPT_RESULT', 'RESULT_NAMESPACES'],

  // Response
  ['an empty answer', { response: { payload: new Uint8Array(0) } }, 'RECEIPT_RESPONSE', 'RECORD_FORM'],
  [
    'an answer that is not canonical',
    { response: { status: 200, payload: encoder.encode(`${JSON.stringify(record)} `) } },
    'RECEIPT_RESPONSE',
    'RECORD_FORM',
  ],
  [
    'a record with a field more',
    { response: { status: 200, payload: canonicalBytes({ ...record, note: 'x' }) } },
    'RECEIPT_RESPONSE',
    'RECORD_FORM',
  ],
  [
    'a record of an unknown version',
    { response: { status: 200, payload: canonicalBytes({ ...record, version: 2 }) } },
    'RECEIPT_RESPONSE',
    'RECORD_FORM',
  ],
  [
    'a record of another kind',
    { response: { status: 200, payload: canonicalBytes(batchOf(3).record) } },
    'RECEIPT_RESPONSE',
    'RECORD_KIND',
  ],
  [
    'the record of another document',
    { response: { status: 200, payload: canonicalBytes(anchorOf(encoder.encode('other'))) } },
    'RECEIPT_RESPONSE',
    'RECORD_ID',
  ],
  [
    'an id that does not follow from the content',
    { response: { status: 200, payload: canonicalBytes({ ...record, project: '2303-331003-04-01-000002' }) } },
    'RECEIPT_RESPONSE',
    'RECORD_ID_DERIVED',
  ],
  [
    'a record later than its receipt',
    { response: { status: 200, payload: canonicalBytes({ ...record, time: '2026-11-23T02:20:00.000Z' }) } },
    'RECEIPT_RESPONSE',
    'RECORD_TIME',
  ],
]

function callOf(id: string): Uint8Array[] {
  return [encoder.encode('EvidenceContract:GetAnchor'), encoder.encode(id)]
}

/** Writes the length of the first field in one byte more than needed. */
function padLength(bytes: Uint8Array): Uint8Array {
  const short = (bytes[1] ?? 0) < 0x80
  return short
    ? Uint8Array.of(bytes[0] ?? 0, (bytes[1] ?? 0) | 0x80, 0, ...bytes.subarray(2))
    : Uint8Array.of(bytes[0] ?? 0, bytes[1] ?? 0, (bytes[2] ?? 0) | 0x80, 0, ...bytes.subarray(3))
}

describe('verify: forged receipts with three genuine signatures', () => {
  let network: TestNetwork
  before(async () => {
    network = await createNetwork()
  })

  for (const [what, forgery, step, fault] of CASES) {
    it(`${what}: ${step} ${fault}`, () => {
      const evidence = evidenceOf(endorsedQuery(network, record, forgery))
      const report = verify(DOCUMENT, evidence, network.trust, { at: NOW })
      const found = report.steps.find(({ code }) => code === step)
      expect(found?.fault, formatReport(report).join('\n')).to.equal(fault)
      expect(found?.outcome).to.equal('failed')
      expect(report.outcome).to.equal('INVALID')
      expect(report).to.not.have.property('proven')
      // The signatures themselves hold wherever they could be looked at: nothing but the named check refuses.
      const endorsers = report.steps.find(({ code }) => code === 'RECEIPT_ENDORSERS')
      if (step !== 'RECEIPT_ENCODING' && fault !== 'HEADER_TIME') expect(endorsers?.outcome).to.equal('passed')
    })
  }

  it('a staging network of the same channel name and the same CAs: RECEIPT_RESPONSE RECORD_NETWORK', () => {
    const staged = anchorOf(DOCUMENT, { network: 'ee'.repeat(32) })
    const report = verify(DOCUMENT, evidenceOf(endorsedQuery(network, staged)), network.trust, { at: NOW })
    expect(report.steps.filter(({ outcome }) => outcome === 'failed').map(({ fault }) => fault)).to.deep.equal([
      'RECORD_NETWORK',
    ])
  })

  it('honest headers of real clients pass: fractions of a second, a TLS certificate hash', () => {
    const evidence = evidenceOf(
      endorsedQuery(network, record, {
        channelHeader: { timestamp: { seconds: 1_795_399_471, nanos: 49_000_001 }, tlsCertHash: randomBytes(32) },
      }),
    )
    const report = verify(DOCUMENT, evidence, network.trust, { at: NOW })
    expect(report.outcome, formatReport(report).join('\n')).to.equal('VALID')
    // Rounded up: never earlier than what was signed.
    expect(report.proven?.time.toISOString()).to.equal('2026-11-23T02:04:31.050Z')
  })
})
