import type { Anchor, AnchorRequest } from '@caizheng/records'
import { expect } from 'chai'
import { judgeNewAnchor, judgeRepeatedAnchor } from '../src/rules/evidence/anchor.js'
import { networkOf } from '../src/rules/network.js'
import { refuseBreaches } from '../src/refusals/breaches.js'
import { Refusal } from '../src/refusals/refusal.js'

const request: AnchorRequest = {
  project: '2303-331003-04-01-000001',
  type: 'CONTRACT',
  number: 'HT-2026-001',
  issuer: '12331003000001011C',
  digests: { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) },
  size: 1,
  provenance: { sourceSystem: '合同管理系统', generatedAt: '2026-11-23', generator: '导出 4.2' },
}
const existing: Anchor = {
  kind: 'anchor',
  version: 1,
  network: 'd'.repeat(64),
  id: 'e'.repeat(64),
  ...request,
  submitter: { msp: 'FinanceMSP', id: 'f'.repeat(64), key: '0'.repeat(64) },
  time: '2026-11-23T02:04:31.000Z',
  tx: '1'.repeat(64),
}
const time = existing.time

describe('R23, the same document again', () => {
  it('is no change where every particular is the same, by whichever key and at whatever time', () => {
    expect(judgeRepeatedAnchor(existing, request)).to.deep.equal([])
    expect(
      judgeRepeatedAnchor({ ...existing, time: '2027-01-01T00:00:00.000Z', tx: '2'.repeat(64) }, request),
    ).to.deep.equal([])
  })

  const changes: [string, Partial<AnchorRequest>][] = [
    ['number', { number: 'HT-2026-002' }],
    ['issuer', { issuer: '113310030000000191' }],
    ['digests', { digests: { ...request.digests, sm3: 'c'.repeat(64) } }],
    ['size', { size: 2 }],
    ['mime', { mime: 'application/pdf' }],
    ['provenance', { provenance: { ...request.provenance, witness: '公证处' } }],
    ['previous', { previous: '9'.repeat(64) }],
  ]
  for (const [field, change] of changes) {
    it(`conflicts where ${field} differs`, () => {
      const [breach, ...others] = judgeRepeatedAnchor(existing, { ...request, ...change })
      expect(others).to.deep.equal([])
      expect(breach).to.deep.include({ code: 'ANCHOR_CONFLICT', details: { id: existing.id, fields: [field] } })
      expect(breach?.verdict).to.include({ rule: 'R23', outcome: 'REJECT' })
    })
  }

  it('conflicts where a field is left out, and names all that differ', () => {
    const { project, type, issuer, digests, provenance } = request
    const [breach] = judgeRepeatedAnchor(existing, { project, type, number: 'x', issuer, digests, provenance })
    expect(breach?.details['fields']).to.deep.equal(['number', 'size'])
  })
})

describe('R23, a new document', () => {
  const successor = { ...request, previous: existing.id }

  it('passes alone, and as the successor of one of the same project and type', () => {
    expect(judgeNewAnchor(request, undefined, time)).to.deep.equal([])
    expect(judgeNewAnchor(successor, existing, time)).to.deep.equal([])
  })

  it('needs its previous version to exist, in the same project and of the same type', () => {
    const codes = (previous: Anchor | undefined) => judgeNewAnchor(successor, previous, time).map(({ code }) => code)
    expect(codes(undefined)).to.deep.equal(['PREVIOUS_NOT_FOUND'])
    expect(codes({ ...existing, project: '2305-331003-04-01-000002' })).to.deep.equal(['PREVIOUS_MISMATCH'])
    expect(codes({ ...existing, type: 'OTHER' })).to.deep.equal(['PREVIOUS_MISMATCH'])
  })

  it('cannot have been made after it is anchored, but for five minutes of clock', () => {
    const codes = (generatedAt: string, at = time) =>
      judgeNewAnchor({ ...request, provenance: { ...request.provenance, generatedAt } }, undefined, at).map(
        ({ code }) => code,
      )
    expect(codes('2026-11-23T02:09:31.000Z')).to.deep.equal([])
    expect(codes('2026-11-23T02:09:31.001Z')).to.deep.equal(['GENERATED_IN_FUTURE'])
    expect(codes('2026-11-24')).to.deep.equal(['GENERATED_IN_FUTURE'])
    // Five past midnight in Shanghai is still the day before in UTC.
    expect(codes('2026-11-24', '2026-11-23T16:05:00.000Z')).to.deep.equal([])
  })

  it('is refused once for all that is wrong with it', () => {
    const late = { ...successor, provenance: { ...request.provenance, generatedAt: '2027-01-01' } }
    const breaches = judgeNewAnchor(late, undefined, time)
    expect(breaches.map(({ code }) => code)).to.deep.equal(['PREVIOUS_NOT_FOUND', 'GENERATED_IN_FUTURE'])
    expect(() => {
      refuseBreaches(breaches)
    })
      .to.throw(Refusal)
      .that.satisfies((refusal: Refusal) => {
        const { code, details } = JSON.parse(refusal.message) as { code: string; details: { verdicts: unknown[] } }
        return code === 'PREVIOUS_NOT_FOUND' && details.verdicts.length === 2
      })
    expect(() => {
      refuseBreaches([])
    }).not.to.throw()
  })
})

describe('the network record', () => {
  it('names its organisations in one order', () => {
    const organizations = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP']
    const network = networkOf({ genesis: 'd'.repeat(64), organizations }, 'fiscal')
    expect(network.organizations).to.deep.equal(['AuditMSP', 'ConstructionMSP', 'FinanceMSP'])
    expect(network.channel).to.equal('fiscal')
    expect(organizations[0]).to.equal('FinanceMSP')
  })
})
