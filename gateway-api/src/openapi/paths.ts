import { MOST_DOCUMENTS } from '../http/submissions.js'
import { answer, json, parameter, problems, ref, type Part } from './parts.js'
import { recordPaths } from './record-paths.js'

const hex: Part = { type: 'string', pattern: '^[0-9A-Fa-f]{64}$' }
const location: Part = {
  Location: { description: 'The place of this document, from now on.', schema: { type: 'string' } },
}

const onChain: Part = { anyOf: [ref('Anchored'), ref('Batched')] }
const digest = parameter('path', 'digest', 'SHA-256 or SM3 of the file, in hexadecimal.', hex)
const file: Part = { type: 'string', format: 'binary', description: 'Hashed while it arrives and never stored.' }

/** The operations of `openapi.json`. */
export const paths: Record<string, Part> = {
  '/v1/documents': {
    get: {
      operationId: 'listDocuments',
      summary: 'The anchors of the chain and this gateway’s documents in batches, newest first',
      parameters: [
        parameter('query', 'project', 'Only of this project.', { type: 'string' }),
        parameter('query', 'type', 'Only of this type.', ref('DocumentType')),
        parameter('query', 'limit', 'Documents a page.', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
        parameter('query', 'before', 'As `next` of the page before has it.', { type: 'string' }),
      ],
      responses: { '200': answer('A page.', ref('Documents')), ...problems('INVALID_PARAMETER') },
    },
    post: {
      operationId: 'postDocument',
      summary: 'Anchor a document',
      description:
        'Documents of types that rules look up, and new versions of anchored ones, become a transaction each; all others ride in batches. Answers after the document is journalled on disk. Its place follows from its content: posting it again gives the same place, so no Idempotency-Key is needed and that header has no effect.',
      parameters: [
        parameter('query', 'wait', 'Seconds to wait for the chain.', {
          type: 'integer',
          minimum: 0,
          maximum: 60,
          default: 0,
        }),
      ],
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['document', 'file'],
              properties: { document: ref('DocumentBesideFile'), file },
            },
          },
          ...json(ref('AnchorRequest')),
        },
      },
      responses: {
        '200': answer('It was anchored before.', onChain, location),
        '201': answer('Anchored now.', onChain, location),
        '202': answer('Journalled; it will be anchored.', ref('Pending'), location),
        ...problems(
          'MALFORMED_REQUEST',
          'INVALID_PARAMETER',
          'ANCHOR_CONFLICT',
          'PAYLOAD_TOO_LARGE',
          'UNSUPPORTED_MEDIA_TYPE',
          'INVALID_DOCUMENT',
          'ANCHOR_REFUSED',
          'QUEUE_FULL',
          'JOURNAL_UNAVAILABLE',
        ),
      },
    },
  },
  '/v1/documents/{digest}': {
    get: {
      operationId: 'getDocument',
      summary: 'Every anchor of a file, and what of it still waits',
      parameters: [digest],
      responses: { '200': answer('Known.', ref('Document')), ...problems('INVALID_PARAMETER', 'DOCUMENT_UNKNOWN') },
    },
  },
  '/v1/documents/{digest}/evidence': {
    get: {
      operationId: 'getEvidence',
      summary: 'The evidence file of a document',
      description:
        'An anchor’s is signed by the nodes at this moment; one in a batch carries the receipt of its batch.',
      parameters: [digest, parameter('query', 'anchor', 'Which anchor, where a file has several.', hex)],
      responses: {
        '200': answer('The evidence file. Keep it: it verifies offline.', { type: 'object' }),
        ...problems('INVALID_PARAMETER', 'DOCUMENT_UNKNOWN', 'ANCHOR_PENDING', 'ANCHOR_REFUSED', 'NETWORK_UNAVAILABLE'),
      },
    },
  },
  '/v1/submissions': {
    post: {
      operationId: 'postSubmissions',
      summary: 'Anchor many documents by their digests, all or none',
      description:
        'Answers after all are journalled on disk. Sending the same again gives the same places. Documents need not be of one kind: each goes its own way to the chain.',
      requestBody: {
        required: true,
        content: json({
          type: 'object',
          required: ['documents'],
          properties: {
            documents: { type: 'array', minItems: 1, maxItems: MOST_DOCUMENTS, items: ref('AnchorRequest') },
          },
        }),
      },
      responses: {
        '202': answer('Journalled; they will be anchored.', ref('Submissions')),
        ...problems(
          'MALFORMED_REQUEST',
          'INVALID_PARAMETER',
          'ANCHOR_CONFLICT',
          'PAYLOAD_TOO_LARGE',
          'UNSUPPORTED_MEDIA_TYPE',
          'INVALID_DOCUMENT',
          'QUEUE_FULL',
          'JOURNAL_UNAVAILABLE',
        ),
      },
    },
  },
  '/v1/submissions/{place}/evidence': {
    get: {
      operationId: 'getSubmissionEvidence',
      summary: 'The evidence file of an accepted document',
      parameters: [parameter('path', 'place', 'As `Location` named it.', hex)],
      responses: {
        '200': answer('The evidence file. Keep it: it verifies offline.', { type: 'object' }),
        ...problems(
          'INVALID_PARAMETER',
          'SUBMISSION_UNKNOWN',
          'ANCHOR_PENDING',
          'ANCHOR_REFUSED',
          'NETWORK_UNAVAILABLE',
        ),
      },
    },
  },
  '/v1/submissions/{place}': {
    get: {
      operationId: 'getSubmission',
      summary: 'What became of an accepted document',
      parameters: [parameter('path', 'place', 'As `Location` named it.', hex)],
      responses: {
        '200': answer('Its state.', { anyOf: [ref('Anchored'), ref('Batched'), ref('Pending')] }),
        ...problems('INVALID_PARAMETER', 'SUBMISSION_UNKNOWN'),
      },
    },
  },
  '/v1/verifications': {
    post: {
      operationId: 'postVerification',
      summary: 'Verify a document, step by step',
      description:
        'A convenience: the answer is as good as your trust in this gateway. The real verification is offline, with a trust file whose fingerprint you confirmed elsewhere. Without evidence, it is taken from the chain.',
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: {
                file,
                evidence: { type: 'string', format: 'binary' },
              },
              required: ['file'],
            },
          },
          ...json({
            type: 'object',
            properties: {
              digests: { type: 'object', properties: { sha256: hex, sm3: hex }, required: ['sha256', 'sm3'] },
              evidence: { type: 'object' },
            },
            required: ['digests'],
          }),
        },
      },
      responses: {
        '200': answer('The report; see its outcome.', ref('Verification')),
        ...problems(
          'MALFORMED_REQUEST',
          'INVALID_PARAMETER',
          'DOCUMENT_UNKNOWN',
          'ANCHOR_PENDING',
          'ANCHOR_REFUSED',
          'PAYLOAD_TOO_LARGE',
          'UNSUPPORTED_MEDIA_TYPE',
          'INVALID_DOCUMENT',
          'NETWORK_UNAVAILABLE',
          'TRUST_MISSING',
        ),
      },
    },
  },
  ...recordPaths,
  '/v1/trust': {
    get: {
      operationId: 'getTrust',
      summary: 'The trust file that this gateway verifies with',
      description: 'Confirm its fingerprint with a person you know at the organisations before you rely on it.',
      responses: { '200': answer('The trust file.', { type: 'object' }), ...problems('TRUST_MISSING') },
    },
  },
  '/v1/network': {
    get: {
      operationId: 'getNetwork',
      summary: 'What network this is, and as whom the gateway acts',
      responses: { '200': answer('The network.', ref('Network')), ...problems() },
    },
  },
  '/v1/openapi.json': {
    get: {
      operationId: 'getOpenApi',
      summary: 'This description',
      responses: { '200': answer('OpenAPI 3.1.', { type: 'object' }), ...problems() },
    },
  },
  '/livez': {
    get: {
      operationId: 'getLive',
      summary: 'The process runs; says nothing of the network',
      security: [],
      responses: { '200': answer('Alive.', ref('Live')), ...problems() },
    },
  },
  '/readyz': {
    get: {
      operationId: 'getReady',
      summary: 'The gateway can do its work: network, index, outbox',
      security: [],
      responses: {
        '200': answer('Ready.', ref('Ready')),
        '503': answer('Not ready; the checks say why.', ref('Ready')),
        ...problems(),
      },
    },
  },
}
