import { documentTypes, jsonSchemas } from '@caizheng/records'
import { problemCodes } from '../problems/codes.js'

type Schema = Readonly<Record<string, unknown>>

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const object = (properties: Record<string, Schema>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
})
const list = (items: Schema): Schema => ({ type: 'array', items })
const text: Schema = { type: 'string' }
const count: Schema = { type: 'integer', minimum: 0 }
const flag: Schema = { type: 'boolean' }
const hex: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' }
const time: Schema = { type: 'string', format: 'date-time' }
const bilingual = object({ zh: text, en: text })

/** What of JSON Schema the records state themselves, without the keyword that only a whole document has. */
function ofRecords(name: 'AnchorRequest' | 'AnchorV1' | 'BatchV1'): Schema {
  const schema = { ...(jsonSchemas()[name] as Record<string, unknown>) }
  delete schema['$schema']
  return schema
}

/** With the file at hand, digests and size are measured; they may be stated, and must then agree. */
function documentBesideFile(): Schema {
  const request = ofRecords('AnchorRequest') as { required: readonly string[] }
  return { ...request, required: request.required.filter((name) => name !== 'digests') }
}

/** A business record in the index: by what it is found, and its place. */
const recordParts: Record<string, Schema> = {
  number: text,
  project: text,
  contract: text,
  status: text,
  day: { type: 'string', format: 'date', description: 'What `from` and `to` ask for, in Asia/Shanghai.' },
  block: count,
  index: count,
  transaction: hex,
  by: { ...text, description: 'The transaction that wrote it last, such as SubmitApplication.' },
  record: { type: 'object', description: 'The record as the chain holds it now; money in integer fen as text.' },
}
const record: Schema = { type: 'object' }
const recordPlace = object({ block: count, index: count, transaction: hex, by: text, status: text })

/** The schemas of `openapi.json`, by name. */
export function schemas(): Record<string, Schema> {
  return {
    AnchorRequest: {
      ...ofRecords('AnchorRequest'),
      description: 'What is stated about a document; its digests stand for its bytes.',
    },
    DocumentBesideFile: documentBesideFile(),
    Anchor: { ...ofRecords('AnchorV1'), description: 'The record as the chain holds it.' },
    Batch: { ...ofRecords('BatchV1'), description: 'The record of a tree over many documents, as the chain holds it.' },
    DocumentType: { type: 'string', enum: Object.keys(documentTypes) },
    Refusal: object({ code: text, message: text, details: {} }, ['details']),
    Pending: {
      ...object(
        {
          state: { enum: ['QUEUED', 'REFUSED'] },
          place: text,
          project: text,
          type: ref('DocumentType'),
          number: text,
          digests: object({ sha256: hex, sm3: hex }),
          acceptedAt: time,
          attempts: count,
          lastError: text,
          refusal: ref('Refusal'),
        },
        ['lastError', 'refusal'],
      ),
      description: 'A document in the outbox. It is journalled: nothing that happens to the gateway loses it.',
    },
    BusinessRecord: object(recordParts, ['project', 'contract']),
    BusinessRecordWithPlaces: object({ ...recordParts, places: list(recordPlace) }, ['project', 'contract']),
    BusinessRecords: object({ records: list(ref('BusinessRecord')), next: text, height: count }, ['next']),
    Review: object(
      {
        ...{
          application: record,
          explanation: record,
          project: record,
          contract: record,
          totals: record,
          special: record,
          measure: record,
        },
        quotas: list(record),
        organisations: { type: 'object', additionalProperties: text, description: 'Names by social credit code.' },
        paidFen: { ...text, description: 'Of the whole contract, by the bank’s receipts, less refunds.' },
        place: object(
          { channel: text, network: hex, key: text, sha256: hex, block: count, index: count, transaction: hex },
          ['network'],
        ),
        places: list(recordPlace),
        height: count,
        qr: { ...list(text), description: 'Rows of a QR code that names the place; 1 is dark.' },
      },
      ['project', 'contract', 'totals', 'special', 'measure'],
    ),
    Anchored: {
      ...object(
        {
          id: hex,
          state: { const: 'ANCHORED' },
          block: count,
          index: {
            ...count,
            description: 'Place of the transaction in its block, from 0; absent until the block is indexed.',
          },
          transaction: hex,
          time,
          evidence: { ...text, description: 'Where its evidence file is.' },
          anchor: ref('Anchor'),
        },
        ['index'],
      ),
      description: 'A document on the chain, with its place.',
    },
    Batched: {
      ...object(
        {
          id: { ...hex, description: 'Its place in this gateway.' },
          state: { const: 'ANCHORED' },
          place: text,
          block: count,
          transaction: hex,
          time,
          evidence: { ...text, description: 'Where its evidence file is.' },
          document: ref('AnchorRequest'),
          leaf: { ...count, description: 'Its number in the batch, from 0.' },
          batch: ref('Batch'),
          missing: {
            ...list(text),
            description:
              'Organisations that have not signed the receipt yet. It is completed when the evidence is fetched.',
          },
        },
        ['missing'],
      ),
      description:
        'A document that is a leaf of a batch on the chain. Only this gateway, which keeps the leaves, can find it by digest.',
    },
    Submissions: object({
      submissions: {
        ...list({ anyOf: [ref('Anchored'), ref('Batched'), ref('Pending')] }),
        description: 'In the order of the documents.',
      },
    }),
    Documents: object(
      {
        documents: list({ anyOf: [ref('Anchored'), ref('Batched')] }),
        next: { ...text, description: 'The next page; absent on the last.' },
        height: { ...count, description: 'Indexed blocks.' },
      },
      ['next'],
    ),
    Document: object({
      digest: hex,
      anchors: list(ref('Anchored')),
      batched: list(ref('Batched')),
      pending: list(ref('Pending')),
    }),
    Verification: object(
      {
        outcome: { enum: ['VALID', 'INVALID', 'CANNOT_TELL'] },
        weaker: { const: true },
        statement: bilingual,
        steps: list(
          object(
            {
              code: text,
              name: bilingual,
              outcome: { enum: ['passed', 'failed', 'unknown'] },
              reason: bilingual,
              fault: text,
            },
            ['fault'],
          ),
        ),
        fingerprint: {
          ...text,
          description: "Fingerprint of the gateway's trust file; compare it with the one you were told.",
        },
        evidence: {
          enum: ['given', 'taken'],
          description: 'Whether the evidence came with the request or was taken from the chain just now.',
        },
        notice: bilingual,
      },
      ['weaker', 'fingerprint'],
    ),
    Network: object(
      {
        kind: { enum: ['embedded', 'fabric', 'single-operator', 'undeclared'] },
        notice: bilingual,
        channel: text,
        network: {
          ...hex,
          description: 'SHA-256 of the genesis block’s header; absent until the gateway has reached the network.',
        },
        organizations: list(object({ mspId: text, name: bilingual }, ['name'])),
        department: text,
      },
      ['network'],
    ),
    Live: object({ live: { const: true } }),
    Ready: object({
      ready: flag,
      checks: list(object({ name: { enum: ['network', 'index', 'outbox'] }, ok: flag, reason: text }, ['reason'])),
    }),
    Problem: {
      ...object(
        {
          type: text,
          title: text,
          status: count,
          detail: text,
          instance: text,
          code: { enum: Object.keys(problemCodes) },
          place: text,
          fields: list(text),
          refusal: ref('Refusal'),
          errors: list(object({ pointer: text, detail: text })),
        },
        ['place', 'fields', 'refusal', 'errors'],
      ),
      description: 'RFC 9457, in the language of Accept-Language (zh or en). `code` is stable; the list is closed.',
    },
  }
}
