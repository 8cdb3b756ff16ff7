import { createHash } from 'node:crypto'
import { contractTotals, voucherChainStart, voucherPreimage, vouchers } from '@caizheng/records'
import { doubt, type Doubt, type Place } from '../doubts/doubt.js'

/** A voucher as it was first written. */
interface Link {
  readonly contractNo: string
  readonly number: number
  readonly previous: string
  /** SHA-256 of everything about it that never changes. */
  readonly digest: string
  readonly amountFen: string
  readonly place: Place
}

interface Head {
  readonly count: number
  readonly digest: string
  readonly place: Place
}

/** What a checkpoint keeps. */
export interface VoucherState {
  readonly links: ReadonlyMap<string, Link>
  readonly heads: ReadonlyMap<string, Head>
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Follows the vouchers of every contract and makes their chains again, each from its own beginning. */
export class Vouchers {
  readonly #links: Map<string, Link>
  readonly #heads: Map<string, Head>

  /** @param network the genesis hash, which each chain begins with */
  constructor(
    private readonly network: string,
    kept: VoucherState = { links: new Map(), heads: new Map() },
  ) {
    this.#links = new Map(kept.links)
    this.#heads = new Map(kept.heads)
  }

  get kept(): VoucherState {
    return { links: this.#links, heads: this.#heads }
  }

  /** Takes a record that was written to `payment`. */
  write(key: string, value: Uint8Array, place: Place): Doubt[] {
    if (key.startsWith('contractTotals:')) {
      const totals = read(() => contractTotals.parse(value))
      if (totals) this.#heads.set(totals.contractNo, { count: totals.vouchers, digest: totals.head, place })
      return []
    }
    if (!key.startsWith('voucher:')) return []
    const voucher = read(() => vouchers.parse(value))
    if (voucher === undefined) return []
    const { contractNo, number, previous, amountFen } = voucher
    const digest = sha256(voucherPreimage(voucher))
    const known = this.#links.get(key)
    this.#links.set(key, { contractNo, number, previous, digest, amountFen, place })
    if (known === undefined || known.digest === digest) return []
    return [broken(contractNo, key, amountFen, place, changed(number))]
  }

  /** What of the chains does not hold now. */
  end(): Doubt[] {
    const contracts = new Set([...this.#links.values()].map(({ contractNo }) => contractNo))
    for (const contractNo of this.#heads.keys()) contracts.add(contractNo)
    return [...contracts].sort().flatMap((contractNo) => this.#follow(contractNo))
  }

  #follow(contractNo: string): Doubt[] {
    const links = [...this.#links].filter(([, link]) => link.contractNo === contractNo)
    links.sort(([, a], [, b]) => a.number - b.number)
    const doubts: Doubt[] = []
    let digest = sha256(voucherChainStart(this.network, contractNo))
    for (const [index, [key, link]] of links.entries()) {
      const why =
        link.number !== index + 1
          ? misnumbered(link.number, index + 1)
          : link.previous === digest
            ? undefined
            : unchained(link.number)
      if (why !== undefined) doubts.push(broken(contractNo, key, link.amountFen, link.place, why))
      digest = link.digest
    }
    const head = this.#heads.get(contractNo)
    if (head === undefined || head.count !== links.length || head.digest !== digest) {
      const place = head?.place ?? links.at(-1)?.[1].place ?? { block: 0 }
      doubts.push(
        broken(contractNo, `contractTotals:${contractNo}`, undefined, place, headless(head?.count, links.length)),
      )
    }
    return doubts
  }
}

function broken(
  contractNo: string,
  key: string,
  amountFen: string | undefined,
  place: Place,
  why: { zh: string; en: string },
): Doubt {
  const about = { key: `payment/${key}`, ...(amountFen !== undefined && { amountFen }) }
  return doubt('VOUCHER_CHAIN', place, { contractNo, why }, about)
}

const changed = (number: number) => ({
  zh: `第 ${number} 号凭证的不变内容被改动`,
  en: `what never changes of voucher ${number} was changed`,
})
const misnumbered = (number: number, expected: number) => ({
  zh: `凭证编号 ${number}，应为 ${expected}`,
  en: `voucher ${number} stands where ${expected} is next`,
})
const unchained = (number: number) => ({
  zh: `第 ${number} 号凭证未链接其前一凭证`,
  en: `voucher ${number} is not chained to the one before`,
})
const headless = (count: number | undefined, found: number) => ({
  zh: `链头记 ${count ?? '—'} 张，实有 ${found} 张，或链头摘要不符`,
  en: `the head counts ${count ?? 'none'}, there are ${found}, or its digest is another`,
})

/** What is no such record is found by running its transaction again. */
function read<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}
