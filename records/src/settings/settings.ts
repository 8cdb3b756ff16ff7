import * as z from 'zod/mini'
import type { CanonicalValue } from '../canonical/index.js'
import { roleNames } from '../parties/roles.js'
import { isRuleId, ruleInfo, rules, type RuleId } from '../rules/catalogue.js'
import { ruleModes, type RuleMode } from '../rules/rule-info.js'
import { hexDigest, mspId, timestamp } from '../schema/fields.js'
import { count, fen } from '../schema/amounts.js'
import { codeName, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** `R03.minProgressRateBp`: a rule's parameter; those of a contract are its terms and are not set here. */
export const settingNames: ReadonlySet<string> = new Set(
  rules.flatMap(({ id, parameters }) =>
    parameters.filter(({ name }) => !/^(contract|item)\./.test(name)).map(({ name }) => `${id}.${name}`),
  ),
)

/** `number`, `string[]`: what a rule reads. */
function kindOf(value: unknown): string {
  return Array.isArray(value) ? `${[...new Set(value.map((one) => typeof one))].join('|')}[]` : typeof value
}

const kinds: ReadonlyMap<string, string> = new Map(
  rules.flatMap(({ id, parameters }) => parameters.map(({ name, initial }) => [`${id}.${name}`, kindOf(initial)])),
)

const structural: ReadonlySet<string> = new Set(rules.filter((rule) => rule.structural).map(({ id }) => id))

const modes = z.record(z.string(), z.enum(ruleModes)).check(
  z.refine((given) => Object.keys(given).every(isRuleId), 'must name rules by their ids'),
  z.refine(
    (given) => Object.entries(given).every(([id, mode]) => !structural.has(id) || mode === 'ENFORCE'),
    'must leave structural rules enforced: they are part of what a record is',
  ),
)
const value = z.union([z.boolean(), count(1_000_000), fen, z.array(z.union([codeName, count(1_000_000)]))])
const values = z.record(z.string(), value).check(
  z.refine((given) => Object.keys(given).every((name) => settingNames.has(name)), 'must name parameters of rules'),
  z.refine(
    (given) => Object.entries(given).every(([name, one]) => kindOf(one) === kinds.get(name)),
    'must give each parameter a value of the kind that it has: a rule could not read another',
  ),
)

const shape = {
  /** 1 and up; each set has the next. */
  number: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  /** The first day, in Asia/Shanghai, on which it counts. */
  effectiveDate: day,
  /** Modes of rules that differ from the catalogue's. Structural rules have none. */
  modes,
  /** Values of parameters that differ from the catalogue's. */
  values,
  /** Whose certificates may assert a role, where it differs from the list of roles. */
  roleIssuers: z.exactOptional(z.record(z.enum(roleNames), z.array(mspId).check(z.minLength(1), z.maxLength(8)))),
}

/** `SetSettings` */
export const settingsRequest = requestType('settings', shape)
export type SettingsRequest = RequestOf<typeof settingsRequest>

const SettingsV1 = z.strictObject({
  kind: z.literal('settings'),
  version: z.literal(1),
  ...shape,
  time: timestamp,
  tx: hexDigest,
})

/** The modes and parameters of the rules from one day on. Key: `settings:<number>`. */
export const settingsRecords = recordType('settings', 'settings', SettingsV1)
export type SettingsRecord = z.infer<typeof SettingsV1>

const IndexV1 = z.strictObject({
  kind: z.literal('settingsIndex'),
  version: z.literal(1),
  sets: z.array(z.strictObject({ number: z.int(), effectiveDate: day })),
})

/** Which sets there are, ascending by number. Key: `settingsIndex:all`. */
export const settingsIndex = recordType('settingsIndex', 'the index of settings', IndexV1)

/** The catalogue's settings: what counts before any are written. */
export const initialSettings: SettingsRecord = {
  kind: 'settings',
  version: 1,
  number: 0,
  effectiveDate: '2000-01-01',
  modes: {},
  values: {},
  time: '2000-01-01T00:00:00.000Z',
  tx: '0'.repeat(64),
}

/** A rule's mode under some settings on a day: structural rules always enforce, and none judges before it is in force. */
export function modeOf(settings: Pick<SettingsRecord, 'modes'>, rule: RuleId, day: string): RuleMode {
  const { structural, mode, effectiveFrom } = ruleInfo(rule)
  if (effectiveFrom !== undefined && day < effectiveFrom) return 'OFF'
  return structural ? 'ENFORCE' : (settings.modes[rule] ?? mode)
}

/**
 * A parameter's value under some settings, or the catalogue's.
 *
 * @throws RangeError for a name that the catalogue doesn't have
 */
export function settingOf(settings: Pick<SettingsRecord, 'values'>, rule: RuleId, name: string): CanonicalValue {
  const parameter = ruleInfo(rule).parameters.find((one) => one.name === name)
  if (parameter === undefined) throw new RangeError(`${rule} has no parameter ${name}`)
  return settings.values[`${rule}.${name}`] ?? parameter.initial
}
