import { stat } from 'node:fs/promises'
import { parseAnchorRequest, RecordError, type AnchorRequest, type DocumentType } from '@caizheng/records'
import type { AnchorDefaults } from '../connection/profile.js'
import { PrepareError } from '../errors/caizheng-error.js'
import type { DocumentDigests, DocumentInput } from './digests.js'

/** What is said about a document when it is anchored. Parts that the profile's `defaults` hold can be left out. */
export interface AboutDocument {
  /** The project's national code, for example `2303-331003-04-01-000001`. */
  readonly project: string
  readonly type: DocumentType
  /** The document's own number (文号), as printed on it. */
  readonly number: string
  /** The unified social credit code of the unit that issued the document. */
  readonly issuer?: string | undefined
  readonly provenance?: AboutProvenance | undefined
  /** A media type without parameters, for example `application/pdf`. */
  readonly mime?: string | undefined
  /** The id of the anchor that this document replaces: same project, same type. */
  readonly previous?: string | undefined
}

export interface AboutProvenance {
  /** The system that made or holds the document. */
  readonly sourceSystem?: string | undefined
  /** When it was made: `2026-11-23` (Asia/Shanghai) or a UTC timestamp with milliseconds. A file's time of change by default. */
  readonly generatedAt?: string | undefined
  /** How it was made: program and version, or procedure. */
  readonly generator?: string | undefined
  /** Who or what witnessed the making. */
  readonly witness?: string | undefined
}

/**
 * The request that the contract takes, checked before anything is sent.
 *
 * @throws {PrepareError} `INPUT_INVALID`, with every field that is wrong.
 */
export async function anchorRequest(
  document: DocumentInput,
  digests: DocumentDigests,
  about: AboutDocument,
  defaults: AnchorDefaults = {},
): Promise<AnchorRequest> {
  const provenance = present({ ...defaults.provenance, ...present(about.provenance ?? {}) })
  const request = {
    ...present({ issuer: defaults.issuer, ...present({ ...about }) }),
    digests: { sha256: digests.sha256, sm3: digests.sm3 },
    size: digests.size,
    provenance: { generatedAt: provenance['generatedAt'] ?? (await changedAt(document)), ...provenance },
  }
  try {
    return parseAnchorRequest(request)
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    throw new PrepareError('INPUT_INVALID', 'prepare', cause.message, { cause, details: cause.issues })
  }
}

async function changedAt(document: DocumentInput): Promise<string | undefined> {
  if (typeof document !== 'string') return undefined
  return (await stat(document)).mtime.toISOString()
}

/** Without the fields that are there and undefined. */
function present(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
