import type { Trust } from '../trust/trust.js'
import type { DocumentInput } from './document.js'
import type { Report } from './report.js'
import { openVerification, type VerifyOptions } from './verification.js'

/**
 * Verifies a document against its evidence file and the verifier's own trust file, without any network. Never throws: what
 * is wrong with the input stands in the report. For many documents in one file open it once with `openVerification`.
 *
 * @param document its bytes, or its digests
 * @param trust the pinned trust file's bytes, or what `openTrust` made of them
 * @returns VALID with what was proven; INVALID with the step that failed; or CANNOT_TELL with what is missing
 * @example
 * const report = verify(await readFile('contract.pdf'), await readFile('contract.evidence.json'), trust)
 * console.log(report.statement.en)
 */
export function verify(
  document: DocumentInput,
  evidence: Uint8Array,
  trust: Uint8Array | Trust,
  options: VerifyOptions = {},
): Report {
  return openVerification(evidence, trust, options).verify(document)
}
