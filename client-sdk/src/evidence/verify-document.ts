import { readFile } from 'node:fs/promises'
import { verify, type Report, type VerifyOptions } from '@caizheng/evidence'
import { digestDocument, unreadable, type DigestOptions, type DocumentInput } from './digests.js'

/** A file: its path or its bytes. */
export type FileInput = string | Uint8Array

export interface VerifyDocumentOptions extends VerifyOptions, DigestOptions {}

/**
 * Verifies a document against its evidence file and the trust file that the verifier chose, with no network and no
 * client. The document may be of any size: it is hashed as it streams.
 *
 * @returns a report for whatever the files hold; hostile input is a finding, not an exception.
 * @throws {PrepareError} `DOCUMENT_NOT_FOUND`, `DOCUMENT_UNREADABLE` where a file can't be read at all.
 * @example
 * ```ts
 * const report = await verifyDocument('contract.pdf', 'contract.pdf.evidence.json', 'huangyan.trust.json')
 * if (report.outcome !== 'VALID') console.error(report.statement.en)
 * ```
 */
export async function verifyDocument(
  document: DocumentInput,
  evidence: FileInput,
  trust: FileInput,
  options: VerifyDocumentOptions = {},
): Promise<Report> {
  const [evidenceBytes, trustBytes] = await Promise.all([bytesOf(evidence), bytesOf(trust)])
  const { sha256, sm3 } = await digestDocument(document, options)
  return verify({ sha256, sm3 }, evidenceBytes, trustBytes, options)
}

/** @throws {PrepareError} `DOCUMENT_NOT_FOUND`, `DOCUMENT_UNREADABLE` */
export async function bytesOf(file: FileInput): Promise<Uint8Array> {
  if (typeof file !== 'string') return file
  try {
    return await readFile(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
}
