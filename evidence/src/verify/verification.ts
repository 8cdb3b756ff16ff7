import { EvidenceError } from '../fault.js'
import { decodeEvidence } from '../file/file.js'
import type { EvidenceFile } from '../file/schema.js'
import { fill, type Text } from '../format/text.js'
import type { Leaf, LeafDocument } from '../leaf/leaf.js'
import { fingerprint } from '../trust/fingerprint.js'
import { isTrust, openTrust, type Trust } from '../trust/trust.js'
import { Checklist } from './checklist.js'
import { digestsOf, DocumentIndex, type DocumentInput } from './document.js'
import { examineReceipt, type ExaminedReceipt } from './receipt.js'
import type { Outcome, Proven, Report, Step } from './report.js'
import { provenStatement, unprovenStatement } from './statement.js'
import { ADVISORY, type StepCode } from './steps.js'

export interface VerifyOptions {
  /** The moment to verify at; now unless given. */
  readonly at?: Date
  /** The trust file's fingerprint as a person confirmed it; another file is then refused. */
  readonly fingerprint?: string
}

interface Entry {
  readonly document: LeafDocument
  readonly leaf?: { readonly index: number; readonly leaf: Leaf }
}

/**
 * An evidence file whose receipt, path and signatures were examined once, for any number of documents. Neither opening nor
 * verifying ever throws: what is wrong stands in the reports.
 *
 * @example
 * const verification = openVerification(evidence, trust)
 * for (const document of documents) console.log(verification.verify(document).outcome)
 */
export interface Verification {
  /** The documents that the file speaks of, whether or not it is valid; empty if it can't be read. */
  readonly documents: readonly LeafDocument[]
  /** Verifies one document. */
  verify(document: DocumentInput): Report
}

/**
 * Opens an evidence file for verification.
 *
 * @param trust the trust file's bytes, or what `openTrust` made of them, which saves reading it again
 */
export function openVerification(
  evidence: Uint8Array,
  trust: Uint8Array | Trust,
  options: VerifyOptions = {},
): Verification {
  const list = new Checklist()
  const now = options.at ?? new Date()
  const pinned = examineTrust(list, trust, now, options.fingerprint)
  const file = list.run('EVIDENCE_FILE', () => {
    const value = decodeEvidence(evidence)
    return { value, seen: fill({ en: 'version {version}', zh: '版本 {version}' }, { version: value.version }) }
  })
  const examined = file && pinned ? examineReceipt(list, file, pinned, now) : {}
  if (file !== undefined && file.cosignatures.length > 0) {
    const types = file.cosignatures.map(({ type }) => type).join(', ')
    list.note('COSIGNATURES', new EvidenceError('COSIGNATURE_TYPE', { types }))
  }
  const entries = file ? entriesOf(file, examined) : []
  const index = new DocumentIndex(entries)
  const shared = list.steps(expectedSteps(file))
  return {
    documents: entries.map(({ document }) => document),
    verify(document) {
      const own = new Checklist(shared.filter(({ code }) => code !== 'DOCUMENT'))
      const entry = entries.length === 0 ? undefined : examineDocument(own, index, document)
      return reportOf(own.steps(expectedSteps(file)), examined, entry, pinned)
    },
  }
}

function examineTrust(list: Checklist, trust: Uint8Array | Trust, now: Date, confirmed?: string): Trust | undefined {
  const opened = list.run('TRUST_FILE', () => {
    // A file that isn't the confirmed one is not even read.
    if (confirmed !== undefined) checkFingerprint(isTrust(trust) ? trust.fingerprint : fingerprint(trust), confirmed)
    const value = isTrust(trust) ? trust : openTrust(trust)
    const seen: Text = { en: 'fingerprint {fingerprint}', zh: '指纹 {fingerprint}' }
    return { value, seen: fill(seen, { fingerprint: value.fingerprint }) }
  })
  if (opened === undefined) return undefined
  const { from, until } = opened.file.validity
  // A file out of force still shows what holds under it, but decides nothing.
  if (!(now.getTime() >= Date.parse(from))) list.note('TRUST_FILE', new EvidenceError('TRUST_NOT_YET_VALID', { from }))
  else if (now.getTime() > Date.parse(until)) list.note('TRUST_FILE', new EvidenceError('TRUST_EXPIRED', { until }))
  return opened
}

function checkFingerprint(actual: string, expected: string): void {
  // As people write it down: with or without spaces and dashes.
  if (expected.replace(/[\s-]/g, '') !== actual.replace(/\s/g, '')) {
    throw new EvidenceError('TRUST_FINGERPRINT', { actual, expected })
  }
}

function expectedSteps(file: EvidenceFile | undefined): StepCode[] {
  const receipt: StepCode[] = [
    'RECEIPT_ENCODING',
    'RECEIPT_HEADER',
    'RECEIPT_CHAINCODE',
    'RECEIPT_CALL',
    'RECEIPT_RESULT',
    'RECEIPT_RESPONSE',
    'RECEIPT_ENDORSERS',
    'POLICY',
  ]
  const inclusion: StepCode[] = file?.subject.type === 'batch' ? ['INCLUSION'] : []
  return ['TRUST_FILE', 'EVIDENCE_FILE', 'DOCUMENT', ...inclusion, ...receipt, 'CERTIFICATES']
}

function entriesOf({ subject }: EvidenceFile, { record }: ExaminedReceipt): Entry[] {
  if (subject.type === 'batch') return subject.leaves.map((leaf) => ({ document: leaf.leaf, leaf }))
  return record?.kind === 'anchor' ? [{ document: record }] : []
}

function examineDocument(list: Checklist, index: DocumentIndex<Entry>, input: DocumentInput): Entry | undefined {
  return list.run('DOCUMENT', () => {
    const digests = digestsOf(input)
    const value = index.find(digests)
    const seen: Text = value.leaf
      ? { en: 'sha256 {sha256}, sm3 {sm3}, leaf {index}', zh: 'sha256 {sha256}, sm3 {sm3}，叶子 {index}' }
      : { en: 'sha256 {sha256}, sm3 {sm3}', zh: 'sha256 {sha256}, sm3 {sm3}' }
    const sm3 = digests.sm3 ?? '-'
    return { value, seen: fill(seen, { sha256: digests.sha256, sm3, index: value.leaf?.index ?? 0 }) }
  })
}

function outcomeOf(steps: readonly Step[]): Outcome {
  const deciding = steps.filter(({ code }) => !ADVISORY.has(code))
  // Without a sound trust file nothing is known of the document, for or against.
  if (deciding.some(({ code, outcome }) => code === 'TRUST_FILE' && outcome === 'failed')) return 'CANNOT_TELL'
  if (deciding.some(({ outcome }) => outcome === 'failed')) return 'INVALID'
  return deciding.every(({ outcome }) => outcome === 'passed') ? 'VALID' : 'CANNOT_TELL'
}

function reportOf(
  steps: Step[],
  examined: ExaminedReceipt,
  entry: Entry | undefined,
  trust: Trust | undefined,
): Report {
  const identified = trust && { fingerprint: trust.fingerprint }
  const outcome = outcomeOf(steps)
  if (outcome !== 'VALID') return { outcome, steps, statement: unprovenStatement(steps, outcome), ...identified }
  const { time, place, record, signers, complete } = examined
  if (!trust || !entry || !time || !place || !record || !signers) throw new Error('a passed step left no result')
  const { channel, network, policy } = trust.file
  const proven: Proven = {
    channel,
    network,
    place,
    record,
    time,
    ...(entry.leaf && { leaf: entry.leaf }),
    signers: signers.map(({ mspId, name, until }) => ({ mspId, name, until })),
  }
  const signed = new Set(signers.map(({ mspId }) => mspId))
  const missing = policy.organizations.filter((mspId) => !signed.has(mspId))
  const missingNames =
    complete === true ? [] : missing.map((mspId) => trust.organizations.get(mspId)?.name ?? { en: mspId, zh: mspId })
  return {
    outcome,
    ...(complete === true ? {} : { weaker: true }),
    steps,
    statement: provenStatement(proven, missingNames, steps),
    proven,
    ...identified,
  }
}
