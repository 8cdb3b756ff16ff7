import { checkInclusion } from '../batch/inclusion.js'
import { EvidenceError } from '../fault.js'
import type { BatchRecord } from '../batch/record.js'
import { FABRIC_RECEIPT, type BatchSubject, type EvidenceFile, type FabricReceipt } from '../file/schema.js'
import { fill, type Text } from '../format/text.js'
import { anchorExpectation, askedId } from '../receipt/anchor.js'
import { checkCall } from '../receipt/checks/call.js'
import { checkCertificates } from '../receipt/checks/certificates.js'
import { checkChaincode } from '../receipt/checks/chaincode.js'
import { checkEndorsers, type Endorser } from '../receipt/checks/endorsers.js'
import { checkHeader, headerTime } from '../receipt/checks/header.js'
import { checkPolicy } from '../receipt/checks/policy.js'
import {
  CLOCK_TOLERANCE_MS,
  checkResponse,
  type RecordExpectation,
  type RecordKind,
  type RecordOf,
} from '../receipt/checks/response.js'
import { checkResult, type Place } from '../receipt/checks/result.js'
import type { ReceiptExpectation } from '../receipt/expectation.js'
import { openReceipt, type OpenReceipt } from '../receipt/open.js'
import { partsOf } from '../receipt/parts.js'
import type { Trust } from '../trust/trust.js'
import type { Checklist } from './checklist.js'
import { named } from './named.js'
import { chinaTime, chinaTimeAtLatest } from './time.js'

/** What the checks of a receipt found; a part is absent where its check failed or was not reached. */
export interface ExaminedReceipt<K extends RecordKind = 'anchor' | 'batch'> {
  readonly time?: Date | undefined
  readonly place?: Place | undefined
  readonly record?: RecordOf[K] | undefined
  /** Those that count towards the policy. */
  readonly signers?: readonly Endorser[] | undefined
  readonly complete?: boolean | undefined
}

/** Runs every check of an evidence file's receipt that can be run, and of the leaves that it is about. */
export function examineReceipt(
  list: Checklist,
  { receipt, subject }: EvidenceFile,
  trust: Trust,
  now: Date,
  onlySha256: boolean,
  existedAt?: Date,
): ExaminedReceipt {
  const examined: ExaminedReceipt = examineQuery(list, receipt, subject.type, trust, now, existedAt)
  const { record } = examined
  if (subject.type === 'batch' && record?.kind === 'batch') examineInclusion(list, subject, record, onlySha256)
  return examined
}

/** What a receipt must be an answer to, and how the answer is read. */
export interface Query<R> {
  expect(receipt: OpenReceipt): ReceiptExpectation
  /** @throws EvidenceError */
  read(receipt: OpenReceipt, time: Date): { readonly value: R; readonly seen: Text }
}

/** What the checks of an answer found; a part is absent where its check failed or was not reached. */
export interface ExaminedAnswer<R> extends Omit<ExaminedReceipt, 'place' | 'record'> {
  /** Of each key that the answer rests on. */
  readonly places?: readonly (Place | undefined)[] | undefined
  readonly answer?: R | undefined
}

/** Runs every check of a receipt of a record. */
export function examineQuery<K extends RecordKind>(
  list: Checklist,
  stated: EvidenceFile['receipt'],
  kind: K,
  trust: Trust,
  now: Date,
  existedAt?: Date,
): ExaminedReceipt<K> {
  const idOf = (receipt: OpenReceipt) => askedId(receipt, kind) ?? '<id>'
  const query: Query<RecordOf[K]> = {
    expect: (receipt) => anchorExpectation(trust.file, kind, idOf(receipt)),
    read: (receipt, time) => readRecord(trust, { kind, id: idOf(receipt), network: trust.file.network }, receipt, time),
  }
  const { places, answer, ...rest } = examineAnswer(list, stated, query, trust, now, existedAt)
  return { ...rest, place: places?.[0], record: answer }
}

/** Runs every check of a receipt that can be run, each as a step of its own: one failure does not hide another. */
export function examineAnswer<R>(
  list: Checklist,
  stated: EvidenceFile['receipt'],
  query: Query<R>,
  trust: Trust,
  now: Date,
  existedAt?: Date,
): ExaminedAnswer<R> {
  const receipt = list.run('RECEIPT_ENCODING', () => {
    const seen = { en: 'one encoding only, bound to its proposal by hash', zh: '编码唯一，并以哈希绑定提案' }
    return { value: openReceipt(partsOf(fabricReceipt(stated))), seen }
  })
  if (receipt === undefined) return {}
  const expectation = query.expect(receipt)

  const time = headerTime(receipt)
  list.run('RECEIPT_HEADER', () => {
    const value = checkHeader(receipt, expectation)
    const values = { channel: expectation.channel, time: chinaTimeAtLatest(value) }
    return {
      value,
      seen: fill(
        {
          en: 'channel {channel}, no later than {time} (UTC+8)',
          zh: '通道 {channel}，不晚于北京时间 {time}',
        },
        values,
      ),
    }
  })
  if (time !== undefined && time.getTime() > now.getTime() + CLOCK_TOLERANCE_MS) {
    list.note('RECEIPT_HEADER', new EvidenceError('RECEIPT_FUTURE', { receipt: time.toISOString() }))
  }
  list.run('RECEIPT_CHAINCODE', () => {
    const value = checkChaincode(receipt, expectation)
    return {
      value,
      seen: fill({ en: '{name} {version}', zh: '{name} {version}' }, { name: value.name, version: value.version }),
    }
  })
  list.run('RECEIPT_CALL', () => {
    checkCall(receipt, expectation)
    return { value: true, seen: fill({ en: '{call}', zh: '{call}' }, { call: expectation.call.join(' ') }) }
  })
  const places = list.run('RECEIPT_RESULT', () => {
    const value = checkResult(receipt, expectation)
    const texts = value.flatMap((place) => (place === undefined ? [] : [fill(PLACE, { ...place })]))
    return { value, seen: { en: texts.map(({ en }) => en).join('; '), zh: texts.map(({ zh }) => zh).join('；') } }
  })
  return {
    time,
    places,
    ...(time && { answer: list.run('RECEIPT_RESPONSE', () => query.read(receipt, time)) }),
    ...(time && examineEndorsers(list, trust, receipt, time, now, existedAt)),
  }
}

const PLACE: Text = { en: 'block {block}, transaction {transaction}', zh: '区块 {block}，第 {transaction} 笔交易' }
const NONE_ENDED: Text = { en: 'none expired or revoked', zh: '均未到期或吊销' }
const ENDED_LATER: Text = { en: 'expired since; the time-stamp is older', zh: '此后到期，时间戳更早' }

function fabricReceipt(receipt: EvidenceFile['receipt']): FabricReceipt {
  if (receipt.type !== FABRIC_RECEIPT) throw new EvidenceError('RECEIPT_TYPE', { type: receipt.type })
  return receipt as FabricReceipt
}

function readRecord<K extends RecordKind>(
  trust: Trust,
  expected: RecordExpectation<K>,
  receipt: OpenReceipt,
  time: Date,
): { readonly value: RecordOf[K]; readonly seen: Text } {
  const value = checkResponse(receipt, expected, time)
  const seen = { en: 'anchored by {en} at {time} (UTC+8)', zh: '由{zh}于北京时间 {time} 上链' }
  return { value, seen: fill(seen, { ...named(trust, value.submitter.msp), time: chinaTime(new Date(value.time)) }) }
}

function examineInclusion(list: Checklist, subject: BatchSubject, record: BatchRecord, onlySha256: boolean): void {
  list.run('INCLUSION', () => {
    checkInclusion(subject, record, onlySha256 ? ['sha256'] : ['sha256', 'sm3'])
    const seen = onlySha256
      ? {
          en: '{count} of {size} leaves, by the SHA-256 root alone',
          zh: '{size} 个叶子中的 {count} 个，仅按 SHA-256 根',
        }
      : { en: '{count} of {size} leaves, by both roots', zh: '{size} 个叶子中的 {count} 个，两个根均相符' }
    return { value: true, seen: fill(seen, { count: subject.leaves.length, size: subject.size }) }
  })
}

function examineEndorsers(
  list: Checklist,
  trust: Trust,
  receipt: OpenReceipt,
  time: Date,
  now: Date,
  existedAt: Date | undefined,
): Pick<ExaminedReceipt, 'signers' | 'complete'> {
  const endorsers = list.run('RECEIPT_ENDORSERS', () => {
    const value = checkEndorsers(receipt, trust, time, existedAt)
    const names = value.map(({ mspId }) => named(trust, mspId))
    const en = names.map((name) => name.en).join(', ')
    return { value, seen: { en: `signed by ${en}`, zh: `已由${names.map((name) => name.zh).join('、')}签名` } }
  })
  if (endorsers === undefined) return {}
  const policy = list.run('POLICY', () => {
    const value = checkPolicy(endorsers, trust.file.policy)
    const values = { count: value.counted.length, all: trust.file.policy.complete }
    const seen = { en: '{count} of {all} organisations', zh: '{all} 家机构中的 {count} 家' }
    return { value, seen: fill(seen, values) }
  })
  list.run('CERTIFICATES', () => {
    checkCertificates(endorsers, now, existedAt)
    const ended = endorsers.some(({ until }) => until < now)
    return { value: true, seen: ended ? ENDED_LATER : NONE_ENDED }
  })
  return { signers: policy?.counted, complete: policy?.complete }
}
