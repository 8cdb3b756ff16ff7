import { fill, type Text } from '../format/text.js'
import type { Place } from '../receipt/checks/result.js'
import type { Trust } from '../trust/trust.js'
import { Checklist } from '../verify/checklist.js'
import { examineAnswer, type ExaminedAnswer } from '../verify/receipt.js'
import type { Report, Signer } from '../verify/report.js'
import { add, join, TRIAL, unprovenStatement } from '../verify/statement.js'
import type { StepCode } from '../verify/steps.js'
import { chinaTimeAtLatest } from '../verify/time.js'
import { examineTrust, outcomeOf, type VerifyOptions } from '../verify/verification.js'
import { decodeRecords } from './file.js'
import { byBytes, recordsQuery, type KeyedRecord } from './query.js'

/** A record that the nodes held, and where on the chain it was written. */
export interface ProvenRecord extends KeyedRecord {
  /** Undefined where there was no record. */
  readonly place: Place | undefined
}

/** What a valid records file proves. */
export interface ProvenRecords {
  readonly records: readonly ProvenRecord[]
  readonly signers: readonly Signer[]
  /** When the nodes stated it, by their clocks to within five minutes. */
  readonly time: Date
}

/** As the report of a document; what is proven is records. */
export interface RecordsReport extends Omit<Report, 'proven'> {
  readonly proven?: ProvenRecords
  /** What a valid file does not prove. */
  readonly limits: Text
}

const LIMITS: Text = {
  en: 'This proves these records, and of which keys there was none. It does not prove that no other record fits the question that they answer.',
  zh: '以上证明所列记录，以及哪些键没有记录；不证明没有其他符合查询条件的记录。',
}

const EXPECTED: readonly StepCode[] = [
  'TRUST_FILE',
  'RECORDS_FILE',
  'RECEIPT_ENCODING',
  'RECEIPT_HEADER',
  'RECEIPT_CHAINCODE',
  'RECEIPT_CALL',
  'RECEIPT_RESULT',
  'RECEIPT_RESPONSE',
  'RECEIPT_ENDORSERS',
  'POLICY',
  'CERTIFICATES',
]

/**
 * Verifies offline the records that a file holds: each was in the state of the nodes that signed, at its key and version. Never
 * throws, whatever the file holds.
 *
 * @param trust the trust file's bytes, or what `openTrust` made of them
 * @example
 * const { proven } = verifyRecords(proof, trust)
 * // proven.records: the rows that an answer may show
 */
export function verifyRecords(
  file: Uint8Array,
  trust: Uint8Array | Trust,
  options: Pick<VerifyOptions, 'at' | 'fingerprint'> = {},
): RecordsReport {
  const now = options.at ?? new Date()
  const list = new Checklist()
  const pinned = examineTrust(list, trust, now, options.fingerprint)
  const read = list.run('RECORDS_FILE', () => {
    const value = decodeRecords(file)
    return { value, seen: fill({ en: 'version {version}', zh: '版本 {version}' }, { version: value.version }) }
  })
  const examined: ExaminedAnswer<readonly KeyedRecord[]> =
    read && pinned ? examineAnswer(list, read.receipt, recordsQuery(pinned.file), pinned, now) : {}
  const steps = list.steps(EXPECTED)
  const outcome = outcomeOf(steps)
  const common = { outcome, steps, limits: LIMITS, ...(pinned && { fingerprint: pinned.fingerprint }) }
  if (outcome !== 'VALID') return { ...common, statement: unprovenStatement(steps, outcome) }
  if (!pinned) throw new Error('a passed step left no result')
  const proven = provenOf(examined)
  const weaker = examined.complete !== true
  const statement = statementOf(proven, weaker, pinned.file.trial === true)
  return { ...common, ...(weaker ? { weaker } : {}), statement, proven }
}

function provenOf({ answer, places, signers, time }: ExaminedAnswer<readonly KeyedRecord[]>): ProvenRecords {
  if (!answer || !places || !signers || !time) throw new Error('a passed step left no result')
  // Places are in the order of the reads, records in that of the question.
  const keys = answer.map(({ key }) => key).sort(byBytes)
  return {
    records: answer.map((record) => ({ ...record, place: places[keys.indexOf(record.key)] })),
    signers: signers.map(({ mspId, name, until }) => ({ mspId, name, until })),
    time,
  }
}

function statementOf({ records, signers, time }: ProvenRecords, weaker: boolean, trial: boolean): Text {
  const names = join(signers.map(({ name }) => name))
  const held = fill(
    {
      en: 'Valid: the nodes of {names} held these {count} records, no later than {time} (UTC+8), give or take five minutes.',
      zh: '有效：{nameszh}的节点均持有这 {count} 条记录，不晚于 {time}（北京时间，误差五分钟以内）。',
    },
    {
      ...{ names: names.en, nameszh: names.zh, time: chinaTimeAtLatest(time) },
      count: records.filter(({ place }) => place !== undefined).length,
    },
  )
  const fewer: Text = {
    en: 'Weaker than it should be: not all organisations signed.',
    zh: '证明力较弱：有机构未签名。',
  }
  return [held, ...(weaker ? [fewer] : []), ...(trial ? [TRIAL] : [])].reduce(add)
}
