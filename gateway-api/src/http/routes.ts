import type { Request, Response } from 'express'
import { postDocument } from './documents.js'
import { getDocument, getEvidence, getSubmission, getSubmissionEvidence, listDocuments } from './queries.js'
import { getReview, recordRoutes } from './records.js'
import type { Services } from './services.js'
import { getLive, getNetwork, getOpenApi, getReady, getTrust } from './status.js'
import { postSubmissions } from './submissions.js'
import { postVerification } from './verifications.js'

export type Handler = (services: Services, request: Request, response: Response) => Promise<void> | void

/** One operation of the API. The description in `openapi/` must have exactly these; a test holds them together. */
export interface Route {
  readonly method: 'get' | 'post'
  /** As OpenAPI writes it: `/v1/documents/{digest}`. */
  readonly path: string
  readonly handle: Handler
  /** Media type of a successful answer. */
  readonly produces: string
  /** Media types of the body; absent where there is none. */
  readonly consumes?: readonly string[]
  /** True where no token is asked for: probes by a supervisor. */
  readonly open?: boolean
}

const json = 'application/json'
const consumes = ['multipart/form-data', json]

export const routes: readonly Route[] = [
  { method: 'get', path: '/v1/documents', produces: json, handle: listDocuments },
  { method: 'post', path: '/v1/documents', produces: json, consumes, handle: postDocument },
  { method: 'get', path: '/v1/documents/{digest}', produces: json, handle: getDocument },
  { method: 'get', path: '/v1/documents/{digest}/evidence', produces: json, handle: getEvidence },
  { method: 'post', path: '/v1/submissions', produces: json, consumes: [json], handle: postSubmissions },
  { method: 'get', path: '/v1/submissions/{place}', produces: json, handle: getSubmission },
  { method: 'get', path: '/v1/submissions/{place}/evidence', produces: json, handle: getSubmissionEvidence },
  { method: 'post', path: '/v1/verifications', produces: json, consumes, handle: postVerification },
  ...recordRoutes,
  { method: 'get', path: '/v1/applications/{number}/review', produces: json, handle: getReview },
  { method: 'get', path: '/v1/trust', produces: json, handle: getTrust },
  { method: 'get', path: '/v1/network', produces: json, handle: getNetwork },
  { method: 'get', path: '/v1/openapi.json', produces: json, handle: getOpenApi },
  { method: 'get', path: '/livez', produces: json, handle: getLive, open: true },
  { method: 'get', path: '/readyz', produces: json, handle: getReady, open: true },
]
