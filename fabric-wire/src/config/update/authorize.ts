import type { ConfigGroup, ConfigUpdate } from '../../messages/index.js'
import type { Identity } from '../../msp/index.js'
import { PolicyError } from '../../policy/index.js'
import type { ChannelConfig } from '../channel-config.js'
import { ConfigError } from '../error.js'
import type { ChannelPolicies } from '../policies.js'
import { elementsOf, nameFault, type ConfigElement, type ConfigElements } from './elements.js'
import { treeOf } from './tree.js'

/**
 * Applies an update to a channel's configuration by Fabric's rules, and gives the tree that comes out.
 *
 * What the update read must be as it read it. Each element whose version it raises must be raised by one, and by whom
 * that element's `modPolicy` in the *present* configuration names; new elements begin at version 0, and are let in with
 * the group that lists them. Whether the result makes a channel is another question: `requireSuccessor`.
 *
 * @param signers whose signatures of the update were verified; their certificates may have expired since
 * @throws {ConfigError} `STALE_UPDATE`, `UNAUTHORIZED_UPDATE`, `INVALID_UPDATE`, in Fabric's words
 */
export function authorizeUpdate(
  { channelId, group, policies }: Pick<ChannelConfig, 'channelId' | 'group' | 'policies'>,
  update: ConfigUpdate,
  signers: readonly Identity[],
): ConfigGroup {
  const present = elementsOf(group)
  const changes = within('error authorizing update', () => {
    requireChannel(channelId, update)
    const readSet = within('error mapping ReadSet', () => elementsOf(update.readSet))
    within('error validating ReadSet', () => {
      requireUnchanged(present, readSet)
    })
    const changed = changesIn(update, readSet)
    within('error validating DeltaSet', () => {
      requireConsent(present, changed, policies, signers)
    })
    return changed
  })
  return treeOf(new Map([...present, ...changes]))
}

function requireChannel(channelId: string, update: ConfigUpdate): void {
  if (update.channelId === channelId) return
  throw new ConfigError(
    'INVALID_UPDATE',
    `ConfigUpdate for channel '${update.channelId}' but envelope for channel '${channelId}'`,
  )
}

/** What the update writes at another version than it read. */
function changesIn(update: ConfigUpdate, readSet: ConfigElements): ConfigElements {
  const writeSet = within('error mapping WriteSet', () => elementsOf(update.writeSet))
  return new Map([...writeSet].filter(([name, { content }]) => readSet.get(name)?.content.version !== content.version))
}

function requireUnchanged(present: ConfigElements, readSet: ConfigElements): void {
  for (const [name, { content }] of readSet) {
    const existing = present.get(name)
    if (!existing) {
      throw new ConfigError(
        'STALE_UPDATE',
        `existing config does not contain element for ${name} but was in the read set`,
      )
    }
    if (existing.content.version === content.version) continue
    throw new ConfigError(
      'STALE_UPDATE',
      `proposed update requires that key ${name} be at version ${content.version}, but it is currently at version ${existing.content.version}`,
    )
  }
}

function requireConsent(
  present: ConfigElements,
  changes: ConfigElements,
  policies: ChannelPolicies,
  signers: readonly Identity[],
): void {
  if (changes.size === 0) {
    throw new ConfigError('INVALID_UPDATE', 'delta set was empty -- update would have no effect')
  }
  for (const [name, { content }] of changes) {
    const fault = policyNameFault(content.modPolicy)
    if (fault !== undefined) {
      throw new ConfigError('INVALID_UPDATE', `invalid mod_policy for element ${name}: ${fault}`)
    }
    const existing = present.get(name)
    if (!existing) {
      if (content.version === 0) continue
      throw new ConfigError(
        'STALE_UPDATE',
        `attempted to set key ${name} to version ${content.version}, but key does not exist`,
      )
    }
    if (content.version !== existing.content.version + 1) {
      throw new ConfigError(
        'STALE_UPDATE',
        `attempt to set key ${name} to version ${content.version}, but key is at version ${existing.content.version}`,
      )
    }
    const refusal = refusalOf(policies, existing, name, signers)
    if (refusal === undefined) continue
    throw new ConfigError('UNAUTHORIZED_UPDATE', `policy for ${name} not satisfied: ${refusal}`)
  }
}

function refusalOf(
  policies: ChannelPolicies,
  element: ConfigElement,
  name: string,
  signers: readonly Identity[],
): string | undefined {
  try {
    return policies.refusal(modPolicyPath(element), signers)
  } catch (cause) {
    if (!(cause instanceof PolicyError) || cause.code !== 'UNKNOWN_POLICY') throw cause
    throw new ConfigError(
      'UNAUTHORIZED_UPDATE',
      `unexpected missing policy ${element.content.modPolicy} for item ${name}`,
      { cause },
    )
  }
}

/** A `modPolicy` without a leading slash is of the element's own group; for a group, of itself. */
function modPolicyPath({ kind, path, key, content }: ConfigElement): string {
  if (content.modPolicy.startsWith('/')) return content.modPolicy
  const group = kind === 'Group' ? [...path, key] : path
  return `/${[...group, content.modPolicy].join('/')}`
}

function policyNameFault(modPolicy: string): string | undefined {
  if (modPolicy === '') return 'mod_policy not set'
  const names = (modPolicy.startsWith('/') ? modPolicy.slice(1) : modPolicy).split('/')
  for (const [index, name] of names.entries()) {
    const fault = nameFault(name)
    if (fault !== undefined) return `path element at ${index} is invalid: ${fault}`
  }
  return undefined
}

function within<T>(context: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof ConfigError)
      throw new ConfigError(error.code, `${context}: ${error.message}`, { cause: error })
    throw error
  }
}
