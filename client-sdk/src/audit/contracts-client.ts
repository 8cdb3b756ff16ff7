import { CHARTER_CHAINCODE, encodeVouchers, GET_COMPLETENESS, PAYMENT_CHAINCODE } from '@caizheng/evidence'
import { parseCompleteness, voucherNumber, vouchers, type Completeness, type Voucher } from '@caizheng/records'
import type { Link } from '../connection/link.js'
import { errorAt } from '../errors/caizheng-error.js'
import { takeReceipt, type Receipt, type ReceiptOptions } from '../evidence/receipt.js'
import type { CallOptions } from '../transactions/call.js'
import { evaluate } from '../transactions/evaluate.js'
import { readAnswer } from './read-answer.js'
import { recordsAt } from './records-at.js'

/** A contract with all its vouchers, and the file that proves them complete. */
export interface ProvableCompleteness extends Completeness {
  /** As stored, by number from 1. */
  readonly vouchers: readonly Voucher[]
  /** What `verifyVouchers` takes; `<contractNo>.vouchers.json` is its name. */
  readonly file: Uint8Array
  readonly receipt: Receipt
}

/** Payments that come while the vouchers are read make them be read again, so often at most. */
const ATTEMPTS = 5

/** Contracts on the chain; reached as `client.contracts`. */
export class ContractsClient {
  readonly #link: Link
  readonly #organizations: readonly string[]

  constructor(link: Link, organizations: readonly string[]) {
    this.#link = link
    this.#organizations = organizations
  }

  /**
   * All vouchers of a contract, with a receipt of their number, head and sums and of the contract's settlement: signed by the
   * node of every organisation, and never submitted. Verify the file with `verifyVouchers`: what stands here is one node's word.
   *
   * @example
   * ```ts
   * const { file } = await client.contracts.completeness('A-WK-01')
   * await writeFile('A-WK-01.vouchers.json', file)
   * ```
   * @throws {EndorseError} `RECORD_NOT_FOUND`; `CONFLICT` where payments never paused
   */
  async completeness(contractNo: string, options: ReceiptOptions = {}): Promise<ProvableCompleteness> {
    const call = { chaincode: CHARTER_CHAINCODE, function: GET_COMPLETENESS, arguments: [contractNo] }
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await evaluate(this.#link, call, options)
      const held = readAnswer(() => parseCompleteness(before))
      const given = await this.#vouchers(held, options)
      const receipt = await takeReceipt(this.#link, call, this.#organizations, options)
      const after = await evaluate(this.#link, call, options)
      if (Buffer.compare(before, after) !== 0) continue
      return { ...held, vouchers: given, file: encodeVouchers({ receipt: receipt.receipt, vouchers: given }), receipt }
    }
    throw errorAt('evaluate', 'CONFLICT', `Payments of ${contractNo} were made whenever its vouchers were read`)
  }

  async #vouchers({ totals }: Completeness, options: CallOptions): Promise<readonly Voucher[]> {
    const { contractNo } = totals
    const keys = Array.from({ length: totals.vouchers }, (_, i) => vouchers.key(voucherNumber(contractNo, i + 1)))
    const records = await recordsAt(this.#link, PAYMENT_CHAINCODE, keys, options)
    return readAnswer(() => records.map((record) => vouchers.parse(record)))
  }
}
