import type { ConfigGroup, ConfigPolicy, ConfigValue } from '../../messages/index.js'
import { ConfigError } from '../error.js'
import { elementName, ROOT, type ConfigElement, type ConfigElements } from './elements.js'

/**
 * Puts the tree together again: of the elements, those that their group lists. One that no group lists is left out.
 *
 * @throws {ConfigError} `INVALID_UPDATE` where a group lists what is not there
 */
export function treeOf(elements: ConfigElements): ConfigGroup {
  // Fabric's repair of channels that were made with 1.0, where a `mod_policy` could be missing
  const repaired = elements.has('[Value]  /Channel/Orderer/Capabilities')
  return groupAt(elements, [], ROOT, repaired)
}

function groupAt(elements: ConfigElements, path: readonly string[], key: string, repaired: boolean): ConfigGroup {
  const { version, modPolicy, groups, values, policies } = contentAt(elements, 'Group', path, key)
  const inner = [...path, key]
  const named = <T extends { modPolicy: string }>(element: T): T =>
    repaired && element.modPolicy === '' ? { ...element, modPolicy: 'Admins' } : element
  return named({
    version,
    modPolicy,
    groups: new Map([...groups.keys()].map((name) => [name, groupAt(elements, inner, name, repaired)])),
    values: new Map([...values.keys()].map((name) => [name, named(contentAt(elements, 'Value', inner, name))])),
    policies: new Map([...policies.keys()].map((name) => [name, named(contentAt(elements, 'Policy', inner, name))])),
  })
}

interface Contents {
  Group: ConfigGroup
  Value: ConfigValue
  Policy: ConfigPolicy
}

function contentAt<K extends ConfigElement['kind']>(
  elements: ConfigElements,
  kind: K,
  path: readonly string[],
  key: string,
): Contents[K] {
  const element = elements.get(elementName(kind, path, key))
  if (element) return element.content as Contents[K]
  throw new ConfigError(
    'INVALID_UPDATE',
    `could not turn configMap back to channelGroup: missing ${kind.toLowerCase()} at path: ${elementName(kind, path, key)}`,
  )
}
