import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import fc from 'fast-check'
import { decodeEvidence, openTrust, verify, type EvidenceFile, type Trust } from '../../src/index.js'
import { createNetwork, NOW } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { batchOf } from '../support/records.js'

/** Every place of a JSON value, as the list of keys that leads to it. */
function placesOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...at, key]))]
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  const fields = copy as Record<string, unknown>
  fields[key] = replaced(fields[key], rest, by)
  return copy
}

describe('verify: values put in place of others', () => {
  const { documents, batch, record } = batchOf(5)
  const document = documents[1] as Uint8Array
  let honest: EvidenceFile
  let trust: Trust
  before(async () => {
    const network = await createNetwork()
    trust = openTrust(network.trust)
    honest = decodeEvidence(evidenceOf(endorsedQuery(network, record), batch.subject([1, 4])))
  })

  it('anything anywhere in an evidence file is refused, in canonical form too', () => {
    const places = placesOf(honest)
    const value = fc.oneof(
      fc.constantFrom(null, true, 0, -1, 1, 2 ** 53 - 1, '', '0', [], {}, [[]], '__proto__', 'AAAA'),
      fc.jsonValue({ maxDepth: 2 }).filter((json) => !JSON.stringify(json).includes('.')),
      fc.constantFrom(...places).map((place) => place.reduce<unknown>((v, key) => (v as never)[key], honest)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...places), value, (place, by) => {
        const changed = replaced(honest, place, by)
        let bytes: Uint8Array
        try {
          bytes = canonicalBytes(changed)
        } catch {
          return // no canonical form, so it can't be a file
        }
        if (JSON.stringify(changed) === JSON.stringify(honest)) return
        const report = verify(document, bytes, trust, { at: NOW })
        // Co-signatures decide nothing; they are reported, so the report is not the same.
        if (report.outcome === 'VALID') expect(place[0]).to.equal('cosignatures')
      }),
      { numRuns: 1000 },
    )
  })

  it('random bytes are refused without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(verify(document, bytes, trust, { at: NOW }).outcome).to.not.equal('VALID')
        expect(verify(document, canonicalBytes(honest), bytes, { at: NOW }).outcome).to.equal('CANNOT_TELL')
      }),
    )
  })
})
