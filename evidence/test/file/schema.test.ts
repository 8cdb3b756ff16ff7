import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { encodeRotation, evidenceJsonSchemas } from '../../src/index.js'
import { createNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { anchorOf, batchOf, DOCUMENT, leafOf } from '../support/records.js'
import { violations } from '../support/json-schema.js'

describe('Published JSON Schemas', () => {
  const schemas = evidenceJsonSchemas()
  const json = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

  for (const [name, schema] of Object.entries(schemas)) {
    it(`${name} stands in schema/ as the code gives it`, () => {
      const file = new URL(`../../../schema/${name}.schema.json`, import.meta.url)
      expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal(schema)
    })
  }

  it('hold for what the code writes', async () => {
    const network = await createNetwork()
    const { batch, record } = batchOf(5)
    const single = json(evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT))))
    const many = json(evidenceOf(endorsedQuery(network, record), batch.subject([0, 3])))
    const rotation = json(encodeRotation(network.trust, [{ key: Uint8Array.of(1), signature: Uint8Array.of(2) }]))
    const cases: [keyof typeof schemas, unknown][] = [
      ['evidence-v1', single],
      ['evidence-v1', many],
      ['evidence-v1', { ...(single as object), receipt: { type: 'other' }, cosignatures: [{ type: 'x', more: 1 }] }],
      ['trust-v1', json(network.trust)],
      ['trust-rotation-v1', rotation],
      ['batch-v1', record],
      ['leaf-v1', leafOf(DOCUMENT)],
    ]
    for (const [name, value] of cases) expect(violations(schemas[name], value), name).to.deep.equal([])

    const wrong: [keyof typeof schemas, unknown][] = [
      ['evidence-v1', { ...(single as object), version: 2 }],
      ['evidence-v1', { ...(single as object), more: 1 }],
      ['evidence-v1', { ...(single as object), receipt: { type: 'fabric-endorsed-query-v1' } }],
      ['trust-v1', single],
      ['batch-v1', { ...record, size: 0 }],
      ['leaf-v1', { ...leafOf(DOCUMENT), salt: 'x' }],
    ]
    for (const [name, value] of wrong) expect(violations(schemas[name], value), name).to.not.be.empty
  })
})
