import { NAME_LENGTH_BYTES, NUMBER_BYTES, Table, numberOfKey } from './keys.js'

/** Names a record for people, as in `block 17` or `state of "payment", key "contract:7"`. */
export function describeKey(key: Buffer): string {
  switch (key[0]) {
    case Table.format:
      return 'format record'
    case Table.checkpoint:
      return 'checkpoint'
    case Table.block:
      return key.length === 1 + NUMBER_BYTES ? `block ${numberOfKey(key)}` : 'block table'
    case Table.header:
      return key.length === 1 + NUMBER_BYTES ? `header of block ${numberOfKey(key)}` : 'header table'
    case Table.hash:
      return `index of block hash ${key.toString('hex', 1)}`
    case Table.transaction:
      return `index of transaction ${JSON.stringify(key.toString('utf8', 1))}`
    case Table.state:
      return `state of ${describeNamed(key, 1, 'key', 'utf8')}`
    case Table.metadata:
      return `metadata of ${describeNamed(key, 1, 'key', 'utf8')}`
    case Table.hashedState:
      return `private hashes of ${describeNamed(key, 2, 'key hash', 'hex')}`
    case Table.hashedMetadata:
      return `private metadata of ${describeNamed(key, 2, 'key hash', 'hex')}`
    case Table.hashedExpiry:
      return `expiry of private hash ${key.toString('hex', 1)}`
    case Table.privateState:
      return `private state of ${describeNamed(key, 3, 'key', 'utf8')}`
    case Table.privateWrites:
      return `private writes of ${describeNamed(key, 1, 'place', 'hex')}`
    case Table.privateIndex:
      return `index of private keys of ${describeNamed(key, 2, 'key hash', 'hex')}`
    case Table.privateExpiry:
      return `expiry of private writes ${key.toString('hex', 1)}`
    case Table.transient:
      return `writes of uncommitted transaction ${describeNamed(key, 1, 'organisation', 'utf8')}`
    case Table.history:
      return `history of ${describeNamed(key, 1, 'entry', 'hex')}`
    default:
      return `unknown record ${key.toString('hex')}`
  }
}

function describeNamed(key: Buffer, names: number, label: string, encoding: 'utf8' | 'hex'): string {
  const parts: string[] = []
  let at = 1
  for (let i = 0; i < names && at + NAME_LENGTH_BYTES <= key.length; i++) {
    const end = at + NAME_LENGTH_BYTES + key.readUInt16BE(at)
    parts.push(JSON.stringify(key.toString('utf8', at + NAME_LENGTH_BYTES, end)))
    at = end
  }
  return `${parts.join('/')}, ${label} ${JSON.stringify(key.toString(encoding, at))}`
}
