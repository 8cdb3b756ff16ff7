import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import { buildBatch, decodeLeaf, encodeLeaf, EvidenceError, newSalt, type Leaf } from '../../src/index.js'
import { DOCUMENT, leafOf } from '../support/records.js'

describe('Leaf', () => {
  const leaf = leafOf(DOCUMENT, '00112233445566778899aabbccddeeff')
  const bytes = encodeLeaf(leaf)
  const text = new TextDecoder().decode(bytes)
  const refused = (changed: string | Uint8Array, code: string) =>
    expect(() => decodeLeaf(typeof changed === 'string' ? new TextEncoder().encode(changed) : changed))
      .to.throw(EvidenceError)
      .with.property('code', code)

  it('is read back from its own bytes', () => {
    expect(decodeLeaf(bytes)).to.deep.equal(leaf)
    expect(encodeLeaf(decodeLeaf(bytes))).to.deep.equal(bytes)
  })

  it('is refused in any other form of the same JSON', () => {
    refused(`${text}\n`, 'NOT_CANONICAL')
    refused(text.replace('{', '{ '), 'NOT_CANONICAL')
    refused(text.replace('合', '\\u5408'), 'NOT_CANONICAL')
    refused(`{"salt":"${leaf.salt}",${text.slice(1)}`, 'NOT_CANONICAL')
    refused(text.slice(0, -1), 'NOT_JSON')
    refused('x'.repeat(20_000), 'TOO_LARGE')
  })

  it('is refused with another format, salt, a field more or less', () => {
    refused(canonicalBytes({ ...leaf, format: 'caizheng-leaf-v2' }), 'SCHEMA')
    refused(canonicalBytes({ ...leaf, salt: leaf.salt.slice(2) }), 'SCHEMA')
    refused(canonicalBytes({ ...leaf, salt: leaf.salt.toUpperCase() }), 'SCHEMA')
    refused(canonicalBytes({ ...leaf, more: 1 }), 'SCHEMA')
    refused(canonicalBytes({ ...leaf, previous: 'ab'.repeat(32) }), 'SCHEMA')
    const without: Partial<Leaf> = { ...leaf }
    delete (without as { number?: string }).number
    refused(canonicalBytes(without), 'SCHEMA')
    refused('null', 'SCHEMA')
  })

  it('gets a fresh salt, so that one document never has one hash twice', () => {
    expect(newSalt()).to.match(/^[0-9a-f]{32}$/)
    const hashes = Array.from({ length: 50 }, () => buildBatch([leafOf(DOCUMENT)]).roots.sha256)
    expect(new Set(hashes).size).to.equal(50)
  })

  it('makes no batch of nothing', () => {
    expect(() => buildBatch([])).to.throw(RangeError)
  })
})
