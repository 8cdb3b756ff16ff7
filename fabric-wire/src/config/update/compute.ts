import { decode, encode, type Infer } from '../../codec/index.js'
import { equalBytes } from '../../crypto/index.js'
import { ConfigGroup, ConfigPolicy, ConfigValue, type ConfigUpdate } from '../../messages/index.js'
import { ConfigError } from '../error.js'

/**
 * The smallest update that makes one configuration out of another: what must not have changed meanwhile (the read set),
 * and what becomes of it (the write set). Only contents count in `wanted`: versions are set here.
 *
 * @param present the tree in force
 * @param wanted the tree as it should be; take a copy of `present` (`copyOfConfig`) and change it
 * @throws {ConfigError} `INVALID_UPDATE` where nothing differs
 * @example
 * const wanted = copyOfConfig(config.group)
 * wanted.groups.get('Application')?.groups.delete('TaxMSP')
 * const update = computeUpdate(config.channelId, config.group, wanted)
 */
export function computeUpdate(channelId: string, present: ConfigGroup, wanted: ConfigGroup): ConfigUpdate {
  const difference = compareGroups(present, wanted)
  if (!difference)
    throw new ConfigError('INVALID_UPDATE', 'no differences detected between original and updated config')
  return { channelId, readSet: difference.read, writeSet: difference.write, isolatedData: new Map() }
}

/** A copy that can be changed without changing the tree that it was taken from. */
export function copyOfConfig(group: ConfigGroup): ConfigGroup {
  return decode(ConfigGroup, encode(ConfigGroup, group))
}

interface Difference {
  readonly read: ConfigGroup
  readonly write: ConfigGroup
}

/** Undefined where two groups and all below them are the same. */
function compareGroups(present: ConfigGroup, wanted: ConfigGroup): Difference | undefined {
  const values = compareMaps(present.values, wanted.values, leaf(ConfigValue))
  const policies = compareMaps(present.policies, wanted.policies, leaf(ConfigPolicy))
  const groups = compareMaps(present.groups, wanted.groups, {
    change: compareGroups,
    added: brandNew,
    same: ({ version }) => ({ ...emptyGroup(), version }),
  })
  const parts = [values, policies, groups]
  const membersChanged = parts.some(({ membersChanged: changed }) => changed)
  const ownChange = membersChanged || present.modPolicy !== wanted.modPolicy
  if (!ownChange && parts.every(({ write }) => write.size === 0)) return undefined
  // A group that changes itself must list all that it holds, so that what is not listed goes
  const all = <T>({ read, write, same }: Compared<T>) => ({
    read: new Map(ownChange ? [...same, ...read] : read),
    write: new Map(ownChange ? [...same, ...write] : write),
  })
  const [v, p, g] = [all(values), all(policies), all(groups)]
  const { version } = present
  return {
    read: { version, modPolicy: '', values: v.read, policies: p.read, groups: g.read },
    write: {
      version: ownChange ? version + 1 : version,
      modPolicy: ownChange ? wanted.modPolicy : '',
      values: v.write,
      policies: p.write,
      groups: g.write,
    },
  }
}

interface Compared<T> {
  readonly read: ReadonlyMap<string, T>
  readonly write: ReadonlyMap<string, T>
  /** What is on both sides and equal, by its version alone. */
  readonly same: ReadonlyMap<string, T>
  readonly membersChanged: boolean
}

interface Comparison<T> {
  /** What is to be read and written where one became the other; undefined where they are equal. */
  change: (present: T, wanted: T) => { read?: T; write: T } | undefined
  added: (wanted: T) => T
  same: (present: T) => T
}

function compareMaps<T>(
  present: ReadonlyMap<string, T>,
  wanted: ReadonlyMap<string, T>,
  { change, added, same }: Comparison<T>,
): Compared<T> {
  const read = new Map<string, T>()
  const write = new Map<string, T>()
  const equal = new Map<string, T>()
  for (const [name, before] of present) {
    const after = wanted.get(name)
    if (after === undefined) continue
    const difference = change(before, after)
    if (!difference) equal.set(name, same(before))
    else {
      if (difference.read !== undefined) read.set(name, difference.read)
      write.set(name, difference.write)
    }
  }
  const newcomers = [...wanted].filter(([name]) => !present.has(name))
  for (const [name, after] of newcomers) write.set(name, added(after))
  const membersChanged = newcomers.length > 0 || [...present.keys()].some((name) => !wanted.has(name))
  return { read, write, same: equal, membersChanged }
}

/** Values and policies: they are the same if they encode to the same bytes, versions aside. */
function leaf<T extends Infer<typeof ConfigValue> | Infer<typeof ConfigPolicy>>(
  type: typeof ConfigValue | typeof ConfigPolicy,
): Comparison<T> {
  const bytes = (one: T): Uint8Array => encode(type as typeof ConfigValue, { ...(one as ConfigValue), version: 0 })
  const blank = decode(type as typeof ConfigValue, new Uint8Array()) as T
  return {
    change: (present, wanted) =>
      equalBytes(bytes(present), bytes(wanted)) ? undefined : { write: { ...wanted, version: present.version + 1 } },
    added: (wanted) => ({ ...wanted, version: 0 }),
    same: ({ version }) => ({ ...blank, version }),
  }
}

function brandNew(group: ConfigGroup): ConfigGroup {
  const fresh = <T extends { version: number }>(elements: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...elements].map(([name, element]) => [name, { ...element, version: 0 }]))
  return {
    version: 0,
    modPolicy: group.modPolicy,
    values: fresh(group.values),
    policies: fresh(group.policies),
    groups: new Map([...group.groups].map(([name, child]) => [name, brandNew(child)])),
  }
}

const emptyGroup = (): ConfigGroup => ({
  version: 0,
  modPolicy: '',
  groups: new Map(),
  values: new Map(),
  policies: new Map(),
})
