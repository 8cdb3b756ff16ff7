import type { Report } from '@caizheng/evidence'

/** What a certificate is made from: a report that verified, and the files it is about. */
export interface CertificateSubject {
  /** Its outcome must be VALID. */
  readonly report: Report
  /** The document's file name, as it is to be printed. */
  readonly file: string
  /** The evidence file's bytes: their digest is printed, so that the paper names the very file. */
  readonly evidence: Uint8Array
  /** When the verification was made. The only moment in the file: the same subject gives the same bytes. */
  readonly at: Date
}

/**
 * A printable certificate in Chinese and English, PDF on A4: what was anchored, by whom, when, how it came to be, who signed, how to
 * check it. It says what it does not prove; it is no notarisation. What draws it is loaded by the first call only.
 *
 * @throws {RangeError} for a report that is not VALID: there is nothing to certify.
 * @example
 * ```ts
 * const report = await verifyDocument('contract.pdf', evidence, trust)
 * await writeFile('contract.certificate.pdf', await makeCertificate({ report, file: 'contract.pdf', evidence, at: new Date() }))
 * ```
 */
export async function makeCertificate(subject: CertificateSubject): Promise<Uint8Array> {
  const { drawCertificate } = await import('./draw-certificate.js')
  return drawCertificate(subject)
}
