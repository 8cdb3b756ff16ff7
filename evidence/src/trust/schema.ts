import * as z from 'zod/mini'
import { base64, count, hash, instant, label, list, mspId, text, wholeNumber } from '../format/primitives.js'

export const TRUST_KIND = 'caizheng-trust'
export const TRUST_VERSION = 1

/** One organisation whose node signs receipts. */
const organization = z.strictObject({
  mspId,
  name: z.strictObject({ zh: text(100), en: text(100) }),
  /** CA certificates that its nodes' certificates chain to, DER in base64; never those of its TLS CA. */
  roots: list(base64, 1, 8),
  /** Intermediate CA certificates, DER in base64. */
  intermediates: list(base64, 0, 8),
  /**
   * SHA-256 of the DER (its signature in low-S, as Fabric identifies it) of certificates that were revoked: what they signed
   * can no longer be told from forgery.
   */
  revoked: list(hash, 0, 1000),
  /** Of revoked certificates, until when the key was surely in its owner's hands: what was time-stamped before still counts. */
  revokedSince: z.optional(list(z.strictObject({ certificate: hash, since: instant }), 1, 1000)),
})

/** One committed chaincode definition whose answers count. */
const definition = z.strictObject({
  name: label,
  version: text(200),
  sequence: wholeNumber(1, 1_000_000),
  /** Where the definition was committed: the version of `namespaces/fields/<name>/Sequence` in every node's state. */
  committed: z.strictObject({ block: count, transaction: count }),
})

const policy = z.strictObject({
  /** Organisations whose nodes are to sign. */
  organizations: list(mspId, 2, 32),
  /** How many signatures make a receipt complete. */
  complete: wholeNumber(2, 32),
  /** Fewest that still count; such a receipt is reported as weaker. */
  least: wholeNumber(2, 32),
})

/** A person who may sign the next trust file; the key is a P-256 SubjectPublicKeyInfo, DER in base64. */
const administrator = z.strictObject({ name: text(100), key: base64 })

/** A time-stamping authority, by its CA certificates (DER in base64). */
const authority = z.strictObject({ name: z.strictObject({ zh: text(100), en: text(100) }), roots: list(base64, 1, 4) })

/** One who co-signs with SM2; the key is a SubjectPublicKeyInfo, DER in base64. */
const cosigner = z.strictObject({
  name: z.strictObject({ zh: text(100), en: text(100) }),
  key: base64,
  /** Whether a product certified for commercial cryptography holds the key. */
  certified: z.boolean(),
})

/** One orderer, as the channel's configuration names it. */
const consenter = z.strictObject({
  /** Its number, by which it signs. */
  id: wholeNumber(0, 0xffff_ffff),
  mspId,
  /** Its signing certificate, DER in base64. */
  certificate: base64,
})

/** Schema of the trust file; `docs/decisions/0007-evidence-and-trust-files.md` says why each part is there. */
export const trustSchema = z.strictObject({
  kind: z.literal(TRUST_KIND),
  version: z.literal(TRUST_VERSION),
  /** Number in the line of this network's trust files: each rotation adds one. */
  number: wholeNumber(1, 1_000_000),
  channel: text(249),
  /** SHA-256 of the header of the channel's genesis block. */
  network: hash,
  organizations: list(organization, 2, 32),
  chaincodes: list(definition, 1, 100),
  policy,
  /** When the file may be used, by the verifier's clock. */
  validity: z.strictObject({ from: instant, until: instant }),
  /** Who may sign the next file, and how many of them must; nobody and 0 if it can't be rotated. */
  rotation: z.strictObject({ needed: wholeNumber(0, 32), administrators: list(administrator, 0, 32) }),
  /**
   * One operator runs all nodes, or once held their keys: for trying out. Left out of every other file; no rotation takes it
   * away again.
   */
  trial: z.optional(z.literal(true)),
  /** Whose SM2 co-signatures are examined. Left out where there are none, as in files from before there were any. */
  cosigners: z.optional(list(cosigner, 1, 32)),
  /** Whose time-stamps are examined. Left out where there are none. */
  timestamping: z.optional(list(authority, 1, 16)),
  /**
   * Whose signatures on blocks count (BFT): each set from one block on, up to where the next begins. Where the configuration
   * in block n changed them, `from` is n + 1. Left out in files that can't examine block proofs.
   */
  ordering: z.optional(
    list(z.strictObject({ from: wholeNumber(1, 2 ** 53 - 1), consenters: list(consenter, 1, 64) }), 1, 100),
  ),
})

/** What a trust file holds. */
export type TrustFile = z.infer<typeof trustSchema>
export type TrustedOrganization = z.infer<typeof organization>
export type TrustedConsenter = z.infer<typeof consenter>
export type TrustedCosigner = z.infer<typeof cosigner>
export type TrustedDefinition = z.infer<typeof definition>
