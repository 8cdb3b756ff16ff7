import type { ConfigGroup, ConfigPolicy, ConfigValue } from '../../messages/index.js'
import { ConfigError } from '../error.js'

/** One part of a configuration tree that has a version and a `modPolicy` of its own. */
export type ConfigElement = {
  /** The names of the groups around it, from `Channel` on; empty for the channel's own group. */
  readonly path: readonly string[]
  readonly key: string
} & (
  | { readonly kind: 'Group'; readonly content: ConfigGroup }
  | { readonly kind: 'Value'; readonly content: ConfigValue }
  | { readonly kind: 'Policy'; readonly content: ConfigPolicy }
)

/** A tree's elements by the names that Fabric gives them in its messages: `[Value]  /Channel/Application/ACLs`. */
export type ConfigElements = Map<string, ConfigElement>

export const ROOT = 'Channel'

const LONGEST_NAME = 249
const PREFIXES = { Group: '[Group]  ', Value: '[Value]  ', Policy: '[Policy] ' } as const

export const elementName = (kind: ConfigElement['kind'], path: readonly string[], key: string): string =>
  `${PREFIXES[kind]}/${[...path, key].join('/')}`

/**
 * Lays a tree out as elements. Of no tree there are none.
 *
 * @throws {ConfigError} `INVALID_UPDATE` for a name that Fabric does not allow
 */
export function elementsOf(root: ConfigGroup | undefined): ConfigElements {
  const elements: ConfigElements = new Map()
  if (root) addGroup(elements, [], ROOT, root)
  return elements
}

function addGroup(elements: ConfigElements, path: readonly string[], key: string, group: ConfigGroup): void {
  add(elements, { kind: 'Group', path, key, content: group })
  const inner = [...path, key]
  for (const [name, child] of group.groups) addGroup(elements, inner, name, child)
  for (const [name, content] of group.values) add(elements, { kind: 'Value', path: inner, key: name, content })
  for (const [name, content] of group.policies) add(elements, { kind: 'Policy', path: inner, key: name, content })
}

function add(elements: ConfigElements, element: ConfigElement): void {
  const { kind, path, key } = element
  const fault = nameFault(key)
  if (fault !== undefined) {
    throw new ConfigError('INVALID_UPDATE', `illegal characters in key: ${PREFIXES[kind]}: ${fault}`)
  }
  elements.set(elementName(kind, path, key), element)
}

/** What is wrong with a name of the tree; undefined for a good one. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'config ID illegal, cannot be empty'
  if (name.length > LONGEST_NAME) return `config ID illegal, cannot be longer than ${LONGEST_NAME}`
  if (name === '.' || name === '..') return `name '${name}' for config ID is not allowed`
  if (!/^[a-zA-Z0-9.-]+$/.test(name)) return `config ID '${name}' contains illegal characters`
  return undefined
}
