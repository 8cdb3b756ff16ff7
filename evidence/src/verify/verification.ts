import { BLOCK_PROOF } from '../block/schema.js'
import { checkCosignatures, type Cosigner } from '../cosignature/check.js'
import { SM2_COSIGNATURE } from '../cosignature/schema.js'
import { cosignatureBytes } from '../cosignature/statement.js'
import { EvidenceError } from '../fault.js'
import { decodeEvidence } from '../file/file.js'
import type { EvidenceFile } from '../file/schema.js'
import { fill, type Text } from '../format/text.js'
import type { Leaf, LeafDocument } from '../leaf/leaf.js'
import { fingerprint } from '../trust/fingerprint.js'
import { checkTimeStamps, receiptExistedAt, type TimeStamp } from '../timestamp/check.js'
import { TIME_STAMP } from '../timestamp/schema.js'
import { isTrust, openTrust, type Trust } from '../trust/trust.js'
import { BLOCK_STEPS, blockProofsOf, examineBlock } from './block.js'
import { Checklist } from './checklist.js'
import { digestsOf, DocumentIndex, type DocumentInput } from './document.js'
import { examineReceipt, type ExaminedReceipt } from './receipt.js'
import type { Outcome, Proven, Report, Step } from './report.js'
import { cosignersText, provenStatement, timeStampsText, unprovenStatement } from './statement.js'
import { ADVISORY, type StepCode } from './steps.js'

export interface VerifyOptions {
  /** The moment to verify at; now unless given. */
  readonly at?: Date
  /** The trust file's fingerprint as a person confirmed it; another file is then refused. */
  readonly fingerprint?: string
  /**
   * `sha256` leaves SM3 aside, of the document and of a batch's tree: at twice the rate, and the report says so. Both unless given.
   */
  readonly digests?: 'both' | 'sha256'
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
  /** What the receipt proves, whichever document is asked for; absent unless it is valid. */
  readonly proven?: Proven
  /** Why the receipt proves nothing; absent if it does. */
  readonly why?: Text
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
  const onlySha256 = options.digests === 'sha256'
  const pinned = examineTrust(list, trust, now, options.fingerprint)
  const file = list.run('EVIDENCE_FILE', () => {
    const value = decodeEvidence(evidence)
    return { value, seen: fill({ en: 'version {version}', zh: '版本 {version}' }, { version: value.version }) }
  })
  const timeStamps = file && pinned ? examineTimeStamps(list, file, pinned, now) : []
  const existedAt = receiptExistedAt(timeStamps)
  const examined = file && pinned ? examineReceipt(list, file, pinned, now, onlySha256, existedAt) : {}
  const block = file && pinned ? examineBlock(list, file, pinned, examined) : undefined
  const cosigners = file && pinned ? examineCosignatures(list, file, pinned, examined) : []
  const entries = file ? entriesOf(file, examined) : []
  const index = new DocumentIndex(entries)
  const shared = list.steps(expectedSteps(file))
  // All that is the same for every document is found once; a document adds its own step, and its leaf.
  const place = shared.findIndex(({ code }) => code === 'DOCUMENT')
  const sound = proofOf(shared, examined, pinned, onlySha256, { cosigners, timeStamps, ...(block && { block }) })
  return {
    documents: entries.map(({ document }) => document),
    ...(sound ? { proven: sound.proven } : { why: unprovenOf(shared, pinned) }),
    verify(document) {
      if (entries.length === 0) return reportOf(shared, pinned)
      const own = new Checklist()
      const entry = examineDocument(own, index, document, onlySha256)
      const steps = shared.slice()
      steps[place] = own.step('DOCUMENT')
      if (entry === undefined || sound === undefined) return reportOf(steps, pinned)
      const { proven, ...report } = sound
      return { ...report, steps, proven: entry.leaf ? { ...proven, leaf: entry.leaf } : proven }
    },
  }
}

export function examineTrust(
  list: Checklist,
  trust: Uint8Array | Trust,
  now: Date,
  confirmed?: string,
): Trust | undefined {
  const opened = list.run('TRUST_FILE', () => {
    // A file that isn't the confirmed one is not even read.
    if (confirmed !== undefined) checkFingerprint(isTrust(trust) ? trust.fingerprint : fingerprint(trust), confirmed)
    const value = isTrust(trust) ? trust : openTrust(trust)
    const seen: Text = { en: 'fingerprint {fingerprint}', zh: '指纹 {fingerprint}' }
    const text = fill(seen, { fingerprint: value.fingerprint })
    return { value, seen: value.file.trial ? { en: `${text.en}, trial network`, zh: `${text.zh}，试用网络` } : text }
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
  const block = file && blockProofsOf(file).length > 0 ? BLOCK_STEPS : []
  return ['TRUST_FILE', 'EVIDENCE_FILE', 'DOCUMENT', ...inclusion, ...receipt, 'CERTIFICATES', ...block]
}

function entriesOf({ subject }: EvidenceFile, { record }: ExaminedReceipt): Entry[] {
  if (subject.type === 'batch') return subject.leaves.map((leaf) => ({ document: leaf.leaf, leaf }))
  return record?.kind === 'anchor' ? [{ document: record }] : []
}

function examineDocument(
  list: Checklist,
  index: DocumentIndex<Entry>,
  input: DocumentInput,
  onlySha256: boolean,
): Entry | undefined {
  return list.run('DOCUMENT', () => {
    const { sha256, sm3, size } = digestsOf(input, onlySha256)
    const value = index.find({ sha256, sm3, size })
    const [en, zh] = [`sha256 ${sha256}, sm3 ${sm3 ?? '-'}`, `sha256 ${sha256}，sm3 ${sm3 ?? '-'}`]
    const leaf = value.leaf?.index
    const seen = leaf === undefined ? { en, zh } : { en: `${en}, leaf ${leaf}`, zh: `${zh}，叶子 ${leaf}` }
    return { value, seen }
  })
}

/** Why nothing is proven of any document. */
function unprovenOf(steps: readonly Step[], trust: Trust | undefined): Text {
  return reportOf(
    steps.filter(({ code }) => code !== 'DOCUMENT'),
    trust,
  ).statement
}

/** Time-stamps come before the receipt: they may show its signatures to be older than a revocation. */
function examineTimeStamps(list: Checklist, file: EvidenceFile, trust: Trust, now: Date): readonly TimeStamp[] {
  const entries = file.cosignatures.filter(({ type }) => type === TIME_STAMP)
  if (entries.length === 0) return []
  const stamps = list.run('TIME_STAMPS', () => {
    const value = checkTimeStamps(entries, file, trust, now)
    return { value, seen: timeStampsText(value) }
  })
  return stamps ?? []
}

const EXAMINED: ReadonlySet<string> = new Set([SM2_COSIGNATURE, TIME_STAMP, BLOCK_PROOF])

/** What stands beside the receipt. It is reported, each kind by itself, and decides nothing. */
function examineCosignatures(
  list: Checklist,
  { cosignatures }: EvidenceFile,
  trust: Trust,
  { record, place }: ExaminedReceipt,
): readonly Cosigner[] {
  const others = cosignatures.filter(({ type }) => !EXAMINED.has(type))
  if (others.length > 0) {
    const types = others.map(({ type }) => type).join(', ')
    list.note('COSIGNATURES', new EvidenceError('COSIGNATURE_TYPE', { types }))
  }
  const signed = cosignatures.filter(({ type }) => type === SM2_COSIGNATURE)
  if (signed.length === 0) return []
  const cosigners = list.run('SM2_COSIGNATURES', () => {
    if (record === undefined || place === undefined) throw new EvidenceError('NOT_REACHED')
    const message = cosignatureBytes({ channel: trust.file.channel, place, record })
    const value = checkCosignatures(signed, message, trust)
    return { value, seen: cosignersText(value) }
  })
  return cosigners ?? []
}

export function outcomeOf(steps: readonly Step[]): Outcome {
  const deciding = steps.filter(({ code }) => !ADVISORY.has(code))
  // Without a sound trust file nothing is known of the document, for or against.
  if (deciding.some(({ code, outcome }) => code === 'TRUST_FILE' && outcome === 'failed')) return 'CANNOT_TELL'
  if (deciding.some(({ outcome }) => outcome === 'failed')) return 'INVALID'
  return deciding.every(({ outcome }) => outcome === 'passed') ? 'VALID' : 'CANNOT_TELL'
}

/** The report of a document that isn't proven. */
function reportOf(steps: readonly Step[], trust: Trust | undefined): Report {
  const outcome = outcomeOf(steps)
  if (outcome === 'VALID') throw new Error('a valid file has a proof')
  return {
    outcome,
    steps,
    statement: unprovenStatement(steps, outcome),
    ...(trust && { fingerprint: trust.fingerprint }),
  }
}

/** What is proven of every document that the file speaks of; undefined unless all steps but the document's passed. */
function proofOf(
  steps: readonly Step[],
  examined: ExaminedReceipt,
  trust: Trust | undefined,
  onlySha256: boolean,
  beside: Pick<Proven, 'cosigners' | 'timeStamps' | 'block'>,
): (Omit<Report, 'steps' | 'proven'> & { readonly proven: Proven }) | undefined {
  if (outcomeOf(steps.filter(({ code }) => code !== 'DOCUMENT')) !== 'VALID') return undefined
  const { time, place, record, signers, complete } = examined
  if (!trust || !time || !place || !record || !signers) throw new Error('a passed step left no result')
  const { channel, network, policy, trial } = trust.file
  const proven: Proven = {
    channel,
    network,
    ...(trial && { trial }),
    place,
    record,
    time,
    signers: signers.map(({ mspId, name, until }) => ({ mspId, name, until })),
    ...beside,
  }
  const signed = new Set(signers.map(({ mspId }) => mspId))
  const missing = policy.organizations.filter((mspId) => !signed.has(mspId))
  const missingNames =
    complete === true ? [] : missing.map((mspId) => trust.organizations.get(mspId)?.name ?? { en: mspId, zh: mspId })
  return {
    outcome: 'VALID',
    ...(complete === true ? {} : { weaker: true }),
    statement: provenStatement(proven, missingNames, steps, onlySha256),
    proven,
    fingerprint: trust.fingerprint,
  }
}
