import {
  alerts as alertRecords,
  applications,
  canonicalize,
  contractTotals,
  parseRecordHistory,
  parseRecordPage,
  quotas,
  voucherNumber,
  vouchers,
  type Alert,
  type Application,
  type Quota,
  type RecordHistory,
  type RecordPage,
  type RecordQuestion,
  type Voucher,
} from '@caizheng/records'
import type { Link } from '../connection/link.js'
import type { ReceiptOptions } from '../evidence/receipt.js'
import type { CallOptions } from '../transactions/call.js'
import { evaluate } from '../transactions/evaluate.js'
import { readAnswer } from './read-answer.js'
import { proofsOf, recordsAt, type BusinessChaincode } from './records-at.js'
import { authorshipOf, type Authorship } from './who.js'

/** A state that a record had, and who made it so. */
export type AuthoredState = RecordHistory['states'][number] & Authorship

/** One voucher with what its money came from. */
export interface FlowLine {
  readonly quota: Quota
  readonly application: Application
  readonly voucher: Voucher
}

/** What an auditor asks a peer; reached as `client.audit`. Answers are that node's word. */
export class AuditClient {
  readonly #link: Link
  readonly #organizations: readonly string[]

  constructor(link: Link, organizations: readonly string[]) {
    this.#link = link
    this.#organizations = organizations
  }

  /**
   * What proves an answer: files of the records at its rows' keys, a few in each, signed by the node of every organisation.
   * `verifyRecords` gives the rows with their places on the chain; where a record changed meanwhile, the proof has the newer one.
   *
   * @example
   * ```ts
   * const { rows } = await client.audit.page('payment', { record: 'application', contract: 'A-WK-01' })
   * const proofs = await client.audit.prove('payment', rows.map(({ key }) => key))
   * ```
   * @throws {EndorseError} where fewer than two organisations can sign
   */
  prove(
    chaincode: BusinessChaincode,
    keys: readonly string[],
    options: ReceiptOptions = {},
  ): Promise<readonly Uint8Array[]> {
    return proofsOf(this.#link, chaincode, keys, this.#organizations, options)
  }

  /** The records at these keys, as stored; `undefined` where there is none. */
  records(
    chaincode: BusinessChaincode,
    keys: readonly string[],
    options: CallOptions = {},
  ): Promise<readonly unknown[]> {
    return recordsAt(this.#link, chaincode, keys, options)
  }

  /**
   * One page of the records of a kind that belong to a project, a contract, a party; now or as of a moment.
   *
   * @example
   * ```ts
   * const { rows, bookmark } = await client.audit.page('payment', { record: 'application', contract: 'A-WK-01' })
   * ```
   */
  async page(chaincode: BusinessChaincode, question: RecordQuestion, options: CallOptions = {}): Promise<RecordPage> {
    const call = { chaincode, function: 'QueryContract:ListRecords', arguments: [canonicalize(question)] }
    const bytes = await evaluate(this.#link, call, options)
    return readAnswer(() => parseRecordPage(bytes))
  }

  /** All of them, page after page. */
  async *all(
    chaincode: BusinessChaincode,
    question: RecordQuestion,
    options: CallOptions = {},
  ): AsyncGenerator<RecordPage['rows'][number], void, void> {
    let bookmark = question.bookmark
    do {
      const page = await this.page(chaincode, { ...question, ...(bookmark === undefined ? {} : { bookmark }) }, options)
      yield* page.rows
      bookmark = page.bookmark
    } while (bookmark !== undefined)
  }

  /** The states of a record, newest first, each with who wrote it, by what, and the rules' verdicts. */
  async history(
    chaincode: BusinessChaincode,
    key: string,
    options: CallOptions = {},
  ): Promise<{ readonly states: readonly AuthoredState[]; readonly more: boolean }> {
    const call = { chaincode, function: 'QueryContract:GetHistory', arguments: [key] }
    const bytes = await evaluate(this.#link, call, options)
    const { states, more } = readAnswer(() => parseRecordHistory(bytes))
    const authored: AuthoredState[] = []
    for (const state of states) {
      authored.push({ ...state, ...(await authorshipOf(this.#link, state.tx, options)) })
    }
    return { states: authored, more }
  }

  /** A contract's money from quota to voucher, by the vouchers' numbers. */
  async fundFlow(contractNo: string, options: CallOptions = {}): Promise<readonly FlowLine[]> {
    const at = (keys: readonly string[]) => recordsAt(this.#link, 'payment', keys, options)
    const [held] = await at([contractTotals.key(contractNo)])
    const count = held === undefined ? 0 : readAnswer(() => contractTotals.parse(held)).vouchers
    const numbers = Array.from({ length: count }, (_, i) => vouchers.key(voucherNumber(contractNo, i + 1)))
    const records = await at(numbers)
    const issued = readAnswer(() => records.map((record) => vouchers.parse(record)))
    const keysOf = (keyOf: (voucher: Voucher) => string) => [...new Set(issued.map(keyOf))]
    const quotaKey = ({ budgetQuotaNo }: Voucher) => quotas.key(budgetQuotaNo)
    const applicationKey = ({ applicationNo }: Voucher) => applications.key(applicationNo)
    const read = async (keys: readonly string[]) => {
      const found = await at(keys)
      return new Map(keys.map((key, i) => [key, found[i]]))
    }
    const [quotaAt, applicationAt] = [await read(keysOf(quotaKey)), await read(keysOf(applicationKey))]
    return readAnswer(() =>
      issued.map((voucher) => ({
        quota: quotas.parse(quotaAt.get(quotaKey(voucher))),
        application: applications.parse(applicationAt.get(applicationKey(voucher))),
        voucher,
      })),
    )
  }

  /** Alerts of a project, by rule, subject and day. No alert is closed: one whose cause is gone is not raised again. */
  async alerts(project: string, options: CallOptions = {}): Promise<readonly Alert[]> {
    const alerts: Alert[] = []
    for await (const { record } of this.all('payment', { record: 'alert', project }, options)) {
      alerts.push(readAnswer(() => alertRecords.parse(record)))
    }
    return alerts
  }
}
