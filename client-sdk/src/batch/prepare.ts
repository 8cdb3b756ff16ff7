import type { LeafDocument } from '@caizheng/evidence'
import { isAnchoredSingly } from '@caizheng/records'
import type { AnchorDefaults } from '../connection/profile.js'
import { PrepareError } from '../errors/caizheng-error.js'
import { anchorRequest, type AboutDocument } from '../evidence/about.js'
import { digestDocument, type DocumentDigests, type DocumentInput } from '../evidence/digests.js'
import type { DocumentToAnchor } from './options.js'

/** A document on its way, as far as it has come. */
export type Prepared =
  | { readonly kind: 'leaf'; readonly key: string | undefined; readonly document: LeafDocument }
  | {
      readonly kind: 'single'
      readonly key: string | undefined
      readonly digests: DocumentDigests
      readonly about: AboutDocument
    }
  | { readonly kind: 'refused'; readonly key: string | undefined; readonly error: PrepareError }

const ABOUT = new Set(['project', 'type', 'number', 'issuer', 'provenance', 'mime', 'previous'])
const PROVENANCE = new Set(['sourceSystem', 'generatedAt', 'generator', 'witness'])

/**
 * What becomes of a document: a leaf of the next batch, a transaction of its own, or nothing.
 *
 * Digests are taken at once, with no promise between: there may be millions of them. Their leaf is checked when it is written.
 */
export function prepare(
  item: DocumentToAnchor,
  defaults: AnchorDefaults,
  signal: AbortSignal,
): Prepared | Promise<Prepared> {
  const { document, about } = item
  const key = item.key ?? (typeof document === 'string' ? document : undefined)
  if (isDigests(document) && about.provenance?.generatedAt !== undefined && isKnown(about)) {
    if (mustStandAlone(about)) return { kind: 'single', key, digests: document, about }
    return { kind: 'leaf', key, document: leafDocument(document, about, defaults) }
  }
  return prepareSlowly(document, about, key, defaults, signal)
}

/**
 * The reason why a leaf was refused, as everywhere else: with every field that is wrong.
 */
export async function refusal(document: LeafDocument): Promise<PrepareError> {
  const { digests, size, ...about } = document
  try {
    await anchorRequest({ ...digests, size: size ?? 0 }, { ...digests, size: size ?? 0 }, about)
  } catch (error) {
    if (error instanceof PrepareError) return error
    throw error
  }
  return new PrepareError('INPUT_INVALID', 'prepare', 'The document has no place in a batch')
}

async function prepareSlowly(
  document: DocumentInput,
  about: AboutDocument,
  key: string | undefined,
  defaults: AnchorDefaults,
  signal: AbortSignal,
): Promise<Prepared> {
  try {
    const digests = await digestDocument(document, { signal })
    const { previous, ...checked } = await anchorRequest(document, digests, about, defaults)
    if (!mustStandAlone(about)) return { kind: 'leaf', key, document: checked }
    const { project, type, number, issuer, mime, provenance } = checked
    return { kind: 'single', key, digests, about: { project, type, number, issuer, mime, provenance, previous } }
  } catch (error) {
    // A run that is stopped says so itself; it is not this document's fault.
    if (error instanceof PrepareError && error.code !== 'CANCELLED') return { kind: 'refused', key, error }
    throw error
  }
}

/** Rules must see it, or it replaces another: neither works from inside a tree. */
function mustStandAlone({ type, previous }: AboutDocument): boolean {
  return previous !== undefined || isAnchoredSingly(type)
}

function isDigests(document: DocumentInput): document is DocumentDigests {
  return typeof document === 'object' && 'sha256' in document && 'sm3' in document
}

function isKnown(about: AboutDocument): boolean {
  for (const field in about) if (!ABOUT.has(field)) return false
  for (const field in about.provenance) if (!PROVENANCE.has(field)) return false
  return true
}

/** No field is there and undefined: canonical JSON has only absent ones. */
function leafDocument(digests: DocumentDigests, about: AboutDocument, defaults: AnchorDefaults): LeafDocument {
  const { project, type, number, mime, provenance: own } = about
  const stated = defaults.provenance
  const witness = own?.witness ?? stated?.witness
  const provenance = {
    sourceSystem: own?.sourceSystem ?? stated?.sourceSystem,
    generatedAt: own?.generatedAt,
    generator: own?.generator ?? stated?.generator,
    ...(witness === undefined ? undefined : { witness }),
  }
  const { sha256, sm3, size } = digests
  const document = {
    project,
    type,
    number,
    issuer: about.issuer ?? defaults.issuer,
    digests: { sha256, sm3 },
    size,
    provenance,
  }
  // What is missing is found when the leaf is written.
  return (mime === undefined ? document : { ...document, mime }) as LeafDocument
}
