import type { CheckpointRecord } from '@caizheng/records'
import { EvidenceError } from '../fault.js'
import { fill, type Text } from '../format/text.js'
import type { Place } from '../receipt/checks/result.js'
import type { Trust } from '../trust/trust.js'
import { Checklist } from '../verify/checklist.js'
import { examineQuery, type ExaminedReceipt } from '../verify/receipt.js'
import type { Report, Signer, Step } from '../verify/report.js'
import { add, join, unprovenStatement } from '../verify/statement.js'
import type { StepCode } from '../verify/steps.js'
import { chinaTimeAtLatest } from '../verify/time.js'
import { examineTrust, outcomeOf, type VerifyOptions } from '../verify/verification.js'
import { checkConsistency, checkMembership } from './checks.js'
import { decodeCheckpoint } from './file.js'
import type { CheckpointFile, LogMember } from './schema.js'

export interface VerifyCheckpointOptions extends Pick<VerifyOptions, 'at' | 'fingerprint'> {
  /** A checkpoint file that was kept since earlier: what it held must still be there. */
  readonly kept?: Uint8Array
  /** The id of a batch that must be in the log. */
  readonly batch?: string
}

/** What a valid checkpoint file proves. */
export interface ProvenCheckpoint {
  readonly channel: string
  /** SHA-256 of the genesis block's header. */
  readonly network: string
  readonly place: Place
  readonly record: CheckpointRecord
  /** The earlier checkpoint whose log this one continues. */
  readonly continues?: CheckpointRecord
  /** The batch that is in the log, with its number there. */
  readonly member?: LogMember
  readonly signers: readonly Signer[]
  /** When the nodes stated it, by their clocks to within five minutes. */
  readonly time: Date
}

/** As the report of a document; what is proven is of the log. */
export interface CheckpointReport extends Omit<Report, 'proven'> {
  readonly proven?: ProvenCheckpoint
}

const RECEIPT_STEPS: readonly StepCode[] = [
  'RECEIPT_ENCODING',
  'RECEIPT_HEADER',
  'RECEIPT_CHAINCODE',
  'RECEIPT_CALL',
  'RECEIPT_RESULT',
  'RECEIPT_RESPONSE',
  'RECEIPT_ENDORSERS',
  'POLICY',
]

/**
 * Verifies a checkpoint file offline: the nodes held this log; where asked, that it continues the log of a checkpoint kept
 * since earlier, and that a batch is in it. Never throws, whatever the files hold.
 *
 * @param trust the trust file's bytes, or what `openTrust` made of them
 * @example
 * const report = verifyCheckpoint(today, trust, { kept: lastYear })
 * // VALID: what was in the log last year is still there, at the same place, unchanged
 */
export function verifyCheckpoint(
  checkpoint: Uint8Array,
  trust: Uint8Array | Trust,
  options: VerifyCheckpointOptions = {},
): CheckpointReport {
  const now = options.at ?? new Date()
  const list = new Checklist()
  const pinned = examineTrust(list, trust, now, options.fingerprint)
  const file = readFile(list, checkpoint)
  const examined: ExaminedReceipt<'checkpoint'> =
    file && pinned ? examineQuery(list, file.receipt, 'checkpoint', pinned, now) : {}
  const { record } = examined
  const expected: StepCode[] = ['TRUST_FILE', 'CHECKPOINT_FILE', ...RECEIPT_STEPS, 'CERTIFICATES']
  let continues: CheckpointRecord | undefined
  let member: LogMember | undefined
  if (options.kept !== undefined) {
    expected.push('KEPT_CHECKPOINT', 'CONSISTENCY')
    if (pinned !== undefined) continues = examineKept(list, options.kept, pinned, now)
    if (file && record && continues) examineConsistency(list, continues, record, file)
  }
  if (options.batch !== undefined) {
    expected.push('MEMBERSHIP')
    if (file && record) member = examineMembership(list, options.batch, record, file)
  }
  const steps = list.steps(expected)
  const outcome = outcomeOf(steps)
  const fingerprint = pinned && { fingerprint: pinned.fingerprint }
  if (outcome !== 'VALID') return { outcome, steps, statement: unprovenStatement(steps, outcome), ...fingerprint }
  return { outcome, steps, ...fingerprint, ...proofOf(steps, examined, pinned as Trust, { continues, member }) }
}

function readFile(list: Checklist, bytes: Uint8Array): CheckpointFile | undefined {
  return list.run('CHECKPOINT_FILE', () => {
    const value = decodeCheckpoint(bytes)
    return { value, seen: fill({ en: 'version {version}', zh: '版本 {version}' }, { version: value.version }) }
  })
}

/** The kept file goes through every step of its own; here it is one step, with the first thing that is wrong with it. */
function examineKept(list: Checklist, bytes: Uint8Array, trust: Trust, now: Date): CheckpointRecord | undefined {
  return list.run('KEPT_CHECKPOINT', () => {
    const own = new Checklist()
    const file = readFile(own, bytes)
    const examined: ExaminedReceipt<'checkpoint'> = file
      ? examineQuery(own, file.receipt, 'checkpoint', trust, now)
      : {}
    const steps = own.steps(['CHECKPOINT_FILE', ...RECEIPT_STEPS])
    const outcome = outcomeOf(steps)
    const { record: value, time } = examined
    if (outcome !== 'VALID' || value === undefined || time === undefined) {
      const code = outcome === 'INVALID' ? 'KEPT_UNSOUND' : 'KEPT_UNDECIDED'
      const { name, reason } = firstWrong(steps)
      throw new EvidenceError(code, { en: `${name.en}: ${reason.en}`, zh: `${name.zh}：${reason.zh}` })
    }
    const seen = { en: 'number {number}, signed {time} (UTC+8)', zh: '第 {number} 号，北京时间 {time} 签署' }
    return { value, seen: fill(seen, { number: value.number, time: chinaTimeAtLatest(time) }) }
  })
}

function firstWrong(steps: readonly Step[]): Pick<Step, 'name' | 'reason'> {
  const none = { name: { en: '', zh: '' }, reason: { en: '', zh: '' } }
  return steps.find(({ outcome }) => outcome === 'failed') ?? steps.find(({ outcome }) => outcome === 'unknown') ?? none
}

function examineConsistency(
  list: Checklist,
  kept: CheckpointRecord,
  record: CheckpointRecord,
  { consistency }: CheckpointFile,
): void {
  list.run('CONSISTENCY', () => {
    checkConsistency(kept, record, consistency)
    const seen = {
      en: 'the first {kept} of {size} batches, by both roots',
      zh: '{size} 个批次中的前 {kept} 个，两个根均相符',
    }
    return { value: true, seen: fill(seen, { kept: kept.size, size: record.size }) }
  })
}

function examineMembership(
  list: Checklist,
  id: string,
  record: CheckpointRecord,
  { members }: CheckpointFile,
): LogMember | undefined {
  return list.run('MEMBERSHIP', () => {
    const value = checkMembership(id, record, members)
    const seen = { en: 'batch {index} of {size}, by both roots', zh: '{size} 个批次中的第 {index} 个，两个根均相符' }
    return { value, seen: fill(seen, { index: value.index + 1, size: record.size }) }
  })
}

function proofOf(
  steps: readonly Step[],
  { time, place, record, signers, complete }: ExaminedReceipt<'checkpoint'>,
  trust: Trust,
  { continues, member }: { continues: CheckpointRecord | undefined; member: LogMember | undefined },
): Pick<CheckpointReport, 'weaker' | 'statement' | 'proven'> {
  if (!time || !place || !record || !signers) throw new Error('a passed step left no result')
  const { channel, network, policy } = trust.file
  const proven: ProvenCheckpoint = {
    channel,
    network,
    place,
    record,
    ...(continues && { continues }),
    ...(member && { member }),
    signers: signers.map(({ mspId, name, until }) => ({ mspId, name, until })),
    time,
  }
  const signed = new Set(signers.map(({ mspId }) => mspId))
  const missing = policy.organizations.filter((mspId) => complete !== true && !signed.has(mspId))
  const names = missing.map((mspId) => trust.organizations.get(mspId)?.name ?? { en: mspId, zh: mspId })
  const statement = statementOf(proven, names, steps)
  return { ...(complete === true ? {} : { weaker: true }), statement, proven }
}

function statementOf(proven: ProvenCheckpoint, missing: readonly Text[], steps: readonly Step[]): Text {
  const { record, continues, member } = proven
  const names = join(proven.signers.map(({ name }) => name))
  const sentences: Text[] = []
  const say = (template: Text, values: Record<string, string | number>): void => {
    sentences.push(fill(template, values))
  }
  say(
    {
      en: 'Valid: the nodes of {names} held checkpoint {number}, a log of {size} batches, no later than {time} (UTC+8), give or take five minutes.',
      zh: '有效：{nameszh}的节点均持有第 {number} 号检查点（含 {size} 个批次的日志），不晚于 {time}（北京时间，误差五分钟以内）。',
    },
    {
      names: names.en,
      nameszh: names.zh,
      number: record.number,
      size: record.size,
      time: chinaTimeAtLatest(proven.time),
    },
  )
  if (continues !== undefined) {
    say(
      {
        en: 'All {size} batches of checkpoint {number}, which was kept, are still in it, unchanged.',
        zh: '先前留存的第 {number} 号检查点的全部 {size} 个批次仍在其中，未被改动。',
      },
      { size: continues.size, number: continues.number },
    )
  }
  if (member !== undefined) {
    say(
      { en: 'Batch {id} is number {index} in it.', zh: '批次 {id} 是其中第 {index} 个。' },
      { id: member.record.id, index: member.index + 1 },
    )
  }
  if (missing.length > 0) {
    const absent = join(missing)
    sentences.push({
      en: `Weaker than it should be: ${absent.en} did not sign.`,
      zh: `证明力较弱：${absent.zh}未签名。`,
    })
  }
  const certificates = steps.find(({ code, outcome }) => code === 'CERTIFICATES' && outcome !== 'passed')
  if (certificates !== undefined) {
    sentences.push(fill({ en: 'Note: {en}.', zh: '提示：{zh}。' }, { ...certificates.reason }))
  }
  return sentences.reduce(add)
}
