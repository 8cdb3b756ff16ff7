import { contractErrors, parseContractFault, parseRuledResult, type RuledResult, type Verdict } from '@caizheng/records'
import type { Text } from '@caizheng/evidence'
import { doubt, type Doubt, type Place } from '../doubts/doubt.js'
import type { OpenedTransaction, Results } from '../validity/open.js'
import { compareResponse, compareWrites, type Difference } from './compare.js'
import type { Outcome } from './outcome.js'

/** How many differing keys are named one by one. */
const NAMED = 20

/** What a transaction is suspected of, after it was run again. */
export function judgeReplay(
  transaction: OpenedTransaction,
  results: Results,
  args: readonly string[],
  outcome: Outcome,
  place: Required<Place>,
): Doubt[] {
  const called = args[0] ?? ''
  const signers = transaction.endorsers.map(({ mspid }) => mspid).join(', ')
  switch (outcome.kind) {
    case 'cannot tell':
      return [doubt('NOT_REPLAYED', place, { function: called, why: outcome.why })]
    case 'unknown function': {
      const keys = results.namespaces.flatMap(({ namespace, kv }) => kv.writes.map(({ key }) => `${namespace}/${key}`))
      const values = { chaincode: results.chaincode, function: called, signers, keys: shown(keys) }
      return [doubt('FUNCTION_UNKNOWN', place, values, keys[0] === undefined ? {} : { key: keys[0] })]
    }
    case 'refused':
      return judgeRefusal(outcome.message, results, place)
    case 'done':
      return judgeDone(results, outcome, place, signers)
  }
}

function judgeDone(
  results: Results,
  outcome: Extract<Outcome, { kind: 'done' }>,
  place: Required<Place>,
  signers: string,
): Doubt[] {
  const differences = compareWrites(results, outcome)
  const response = compareResponse(results, outcome)
  const secrets = outcome.secrets.map((collection) =>
    doubt('PRIVATE_FIELD', place, { collection }, { key: `${results.chaincode}/${collection}` }),
  )
  if (differences.length === 0 && response.length === 0) return secrets
  const ruled = ruledResult(outcome.payload)
  const stated = ruledResult(results.action.response?.payload ?? new Uint8Array())
  const skipped =
    ruled !== undefined && ruled.status !== stated?.status
      ? ruled.verdicts.filter((verdict) => verdict.outcome === 'HOLD' && !ruled.shadow.includes(verdict.rule))
      : []
  const about = { amountFen: amountOf(ruled?.record) }
  return [
    ...skipped.map((verdict) => skippedRule(verdict, stated?.status ?? '?', place, about.amountFen)),
    ...differences.slice(0, NAMED).map((difference) => {
      const values = { key: difference.key, how: describe(difference), signers }
      return doubt('WRITES_DIFFER', place, values, { key: difference.key })
    }),
    ...response.map((what) => doubt('RESPONSE_DIFFERS', place, { what, signers })),
    ...secrets,
  ]
}

function judgeRefusal(message: string, results: Results, place: Required<Place>): Doubt[] {
  const fault = parseContractFault(message)
  const stated = ruledResult(results.action.response?.payload ?? new Uint8Array())
  const amount = amountOf(stated?.record)
  if (fault?.code === 'RULES_BROKEN') {
    const verdicts = fault.details['verdicts'] as unknown as readonly Verdict[]
    const rejected = verdicts.filter(({ outcome }) => outcome === 'REJECT')
    return rejected.map((verdict) => skippedRule(verdict, stated?.status ?? 'COMMITTED', place, amount))
  }
  const values = fault
    ? { code: fault.code, message: contractErrors[fault.code], details: JSON.stringify(fault.details) }
    : { code: 'INTERNAL', message, details: '' }
  return [doubt('REFUSAL_SKIPPED', place, values, amount === undefined ? {} : { amountFen: amount })]
}

function skippedRule(verdict: Verdict, status: string, place: Place, amountFen: string | undefined): Doubt {
  const { rule, expected, actual, outcome } = verdict
  const values = { rule, case: verdict.case ?? '', expected, actual, outcome, status }
  return doubt('RULE_SKIPPED', place, values, { rule, ...(amountFen !== undefined && { amountFen }) })
}

function ruledResult(payload: Uint8Array): RuledResult | undefined {
  try {
    return parseRuledResult(payload)
  } catch {
    return undefined
  }
}

/** The amount that a record is about, by the names that records give it. */
function amountOf(record: unknown): string | undefined {
  const fields = (record ?? {}) as Readonly<Record<string, unknown>>
  for (const name of ['grossFen', 'amountFen', 'netFen', 'priceFen']) {
    const value = fields[name]
    if (typeof value === 'string') return value
  }
  return undefined
}

/** Where two JSON records differ, field by field; else that they do. */
function describe({ how, chain, recomputed }: Difference): Text {
  if (how !== 'value') return ways[how]
  const [a, b] = [fieldsOf(chain), fieldsOf(recomputed)]
  if (a === undefined || b === undefined) return ways.value
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]),
  )
  const said = (is: string, not: string): string =>
    shown(names.map((name) => `${name}${is}${JSON.stringify(a[name])}${not}${JSON.stringify(b[name])}`))
  return { zh: said(' 为 ', '，应为 '), en: said(' is ', ', to be ') }
}

const ways = {
  extra: { zh: '链上有写入，按规则不应写入', en: 'written, and the rules write nothing there' },
  missing: { zh: '链上未写入，按规则应写入', en: 'not written, and the rules write it' },
  policy: { zh: '该键的复核策略不同', en: 'another endorsement policy of the key' },
  value: { zh: '值不同', en: 'another value' },
} as const satisfies Record<Difference['how'], Text>

function fieldsOf(bytes: Uint8Array | undefined): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(bytes ?? []).toString()) as Record<string, unknown>
  } catch {
    return undefined
  }
}

const shown = (texts: readonly string[]): string => texts.slice(0, 5).join('; ') + (texts.length > 5 ? ' …' : '')
