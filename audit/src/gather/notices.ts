import { alerts, backfills, isRuleId, settingsRecords, specialApprovals } from '@caizheng/records'
import { doubt, type Doubt, type Place } from '../doubts/doubt.js'

const EXCEPTION = '\0exception\0'
const DAY_MS = 86_400_000

type Reader = (value: Uint8Array, place: Place, key: string) => Doubt[]

/** What an auditor looks at although every rule allows it, by the beginnings of keys. */
const readers: readonly (readonly [prefix: string, namespaces: readonly string[], read: Reader])[] = [
  [
    'specialApproval:',
    ['payment'],
    (value, place, key) => {
      const { applicationNo, approvalNo, reason, status, overriddenRules } = specialApprovals.parse(value)
      const subject = `${approvalNo} ${status} ${applicationNo}`
      return overriddenRules.map((rule) =>
        doubt('SPECIAL_APPROVAL', place, { subject, why: reason }, { key: `payment/${key}`, rule }),
      )
    },
  ],
  [
    'alert:',
    ['payment'],
    (value, place, key) => {
      const { subject, tickDate, verdict } = alerts.parse(value)
      const { rule, expected, actual } = verdict
      return [
        doubt('ALERT', place, { subject: `${subject} ${tickDate}`, expected, actual }, { key: `payment/${key}`, rule }),
      ]
    },
  ],
  [
    'backfill:',
    ['charter'],
    (value, place, key) => {
      const { projectCode, until, reason } = backfills.parse(value)
      return [doubt('BACKFILL_OPENED', place, { project: projectCode, until, why: reason }, { key: `charter/${key}` })]
    },
  ],
  [
    'settings:',
    ['charter'],
    (value, place, key) => {
      const { modes, effectiveDate } = settingsRecords.parse(value)
      return Object.entries(modes).flatMap(([rule, mode]) =>
        mode === 'ENFORCE' || !isRuleId(rule)
          ? []
          : [doubt('RULE_MODE', place, { from: effectiveDate, rule, mode }, { key: `charter/${key}`, rule })],
      )
    },
  ],
]

/** What a written record gives an auditor to look at. */
export function noticesOf(namespace: string, key: string, value: Uint8Array, place: Place): Doubt[] {
  if (key.startsWith(EXCEPTION)) {
    const subject = key.slice(EXCEPTION.length, -1).split('\0').join(' ')
    return [doubt('EXCEPTION', place, { subject }, { key: `${namespace}/exception ${subject}` })]
  }
  const reader = readers.find(([prefix, namespaces]) => key.startsWith(prefix) && namespaces.includes(namespace))
  if (reader === undefined) return []
  try {
    return reader[2](value, place, key)
  } catch {
    // What is no such record is found by running its transaction again.
    return []
  }
}

/** An event that its request dates before the transaction. */
export function backfilled(args: readonly string[], time: Date, place: Place): Doubt[] {
  const [called = '', request = ''] = args
  if (!request.includes('"at":')) return []
  let at: unknown
  try {
    at = (JSON.parse(request) as { at?: unknown }).at
  } catch {
    return []
  }
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return []
  const days = Math.floor((time.getTime() - Date.parse(at)) / DAY_MS)
  return [doubt('BACKFILLED', place, { function: called, at, time: time.toISOString(), days })]
}
