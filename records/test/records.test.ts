import { expect } from 'chai'
import { createHash } from 'node:crypto'
import {
  anchorIdPreimage,
  anchorKey,
  canonicalBytes,
  CanonicalError,
  canonicalize,
  jsonSchemas,
  limits,
  parseAnchor,
  parseAnchorPage,
  parseAnchorRequest,
  parseAnchorResult,
  parseNetwork,
  parseNetworkRequest,
  parseNetworkResult,
  RecordError,
  requestOf,
} from '../src/index.js'
import { anchor, network, request, without } from './samples.js'

function issues(action: () => unknown): string[] {
  try {
    action()
  } catch (error) {
    if (error instanceof RecordError) return error.issues.map(({ at, problem }) => `${at} ${problem}`)
    throw error
  }
  return []
}

// Computed by another program from the description in docs/decisions.
const ID_VECTOR = '16f9a45d1dced1b86b0e3fff7b1f7dd63f4e642092e2698017f2c54ae4d287f0'

describe('anchor request', () => {
  it('is accepted whole, and without what may be absent', () => {
    expect(parseAnchorRequest(request)).to.deep.equal(request)
    const required = without(request, 'size', 'mime', 'previous')
    expect(parseAnchorRequest(required)).to.deep.equal(required)
  })

  it('is refused with any required field missing', () => {
    for (const field of ['project', 'type', 'number', 'issuer', 'digests', 'provenance'] as const) {
      expect(issues(() => parseAnchorRequest(without(request, field)))).to.deep.equal([`/${field} is missing`])
    }
  })

  it('is refused with an unknown field at any level', () => {
    expect(issues(() => parseAnchorRequest({ ...request, time: 'now' }))[0]).to.include('not known: time')
    const provenance = { ...request.provenance, author: 'x' }
    expect(issues(() => parseAnchorRequest({ ...request, provenance }))[0]).to.match(/^\/provenance .*author/)
    expect(issues(() => parseAnchorRequest(JSON.parse('{"__proto__":1}'))).join()).to.include('__proto__')
  })

  const wrong: [string, object][] = [
    ['/project', { project: '2303-331003-04-01-00001' }],
    ['/type', { type: 'CONTRACTS' }],
    ['/type', { type: 'toString' }],
    ['/number', { number: '' }],
    ['/number', { number: ' HT-1' }],
    ['/number', { number: 'x'.repeat(limits.number + 1) }],
    ['/number', { number: 'HT\u202e1' }],
    ['/number', { number: 'HT\u200b1' }],
    ['/number', { number: 'HT\n1' }],
    ['/number', { number: 'e\u0301' }],
    ['/number', { number: '\ufffd' }],
    ['/issuer', { issuer: '12331003000001011D' }],
    ['/digests/sha256', { digests: { ...request.digests, sha256: 'A'.repeat(64) } }],
    ['/digests/sm3', { digests: { ...request.digests, sm3: 'a'.repeat(63) } }],
    ['/size', { size: -1 }],
    ['/size', { size: 1.5 }],
    ['/size', { size: '1' }],
    ['/size', { size: undefined }],
    ['/mime', { mime: 'application/pdf; charset=utf-8' }],
    ['/mime', { mime: 'Application/PDF' }],
    ['/provenance/generatedAt', { provenance: { ...request.provenance, generatedAt: '2026-11-23T10:04:31+08:00' } }],
    ['/provenance/witness', { provenance: { ...request.provenance, witness: '' } }],
    ['/previous', { previous: 'x' }],
  ]
  for (const [at, change] of wrong) {
    it(`is refused with ${JSON.stringify(change).slice(0, 60)}`, () => {
      const found = issues(() => parseAnchorRequest({ ...request, ...change }))
      expect(found).to.have.lengthOf(1)
      expect(found[0]).to.match(new RegExp(`^${at} (must|is)`))
    })
  }
})

describe('anchor record', () => {
  it('is read from a value, from text and from bytes', () => {
    expect(parseAnchor(anchor)).to.deep.equal(anchor)
    expect(parseAnchor(canonicalize(anchor))).to.deep.equal(anchor)
    expect(parseAnchor(canonicalBytes(anchor))).to.deep.equal(anchor)
  })

  it('is refused as text that is not canonical', () => {
    expect(() => parseAnchor(JSON.stringify(anchor, null, 1))).to.throw(CanonicalError)
  })

  it('is refused with another kind or version', () => {
    expect(issues(() => parseAnchor({ ...anchor, kind: 'network' }))).to.deep.equal(['/kind must be anchor'])
    for (const version of [2, 0, '1', undefined, 'constructor']) {
      expect(issues(() => parseAnchor({ ...anchor, version }))[0]).to.match(/^\/version must be one of 1: use a newer/)
    }
    for (const value of [null, undefined, 1, []]) expect(issues(() => parseAnchor(value))).to.have.lengthOf(1)
  })

  it('gives back the request it was made from', () => {
    expect(requestOf(anchor)).to.deep.equal(request)
    const required = without(request, 'size', 'mime', 'previous')
    const bare = parseAnchor(without(anchor, 'size', 'mime', 'previous'))
    expect(requestOf(bare)).to.deep.equal(required)
  })

  it('has its place by network, project, type, digest and submitter, and by nothing else', () => {
    const place = {
      network: anchor.network,
      project: anchor.project,
      type: anchor.type,
      digest: anchor.digests.sha256,
      submitter: anchor.submitter,
    }
    const preimage = anchorIdPreimage(place)
    // A fixed vector: a change here would move every anchor ever made.
    expect(createHash('sha256').update(preimage).digest('hex')).to.equal(ID_VECTOR)
    expect(
      anchorIdPreimage({ ...place, submitter: { msp: anchor.submitter.msp, id: anchor.submitter.id } }),
    ).to.deep.equal(preimage)
    const others = [
      { ...place, network: '2'.repeat(64) },
      { ...place, project: '2305-331003-04-01-000002' },
      { ...place, type: 'OTHER' as const },
      { ...place, digest: '3'.repeat(64) },
      { ...place, submitter: { ...place.submitter, msp: 'AuditMSP' } },
      { ...place, submitter: { ...place.submitter, id: '4'.repeat(64) } },
    ]
    expect(
      new Set([place, ...others].map((each) => Buffer.from(anchorIdPreimage(each)).toString('hex'))).size,
    ).to.equal(7)
    expect(anchorKey(anchor.id)).to.equal(`anchor:${anchor.id}`)
  })
})

describe('network record', () => {
  it('is read, and its request', () => {
    expect(parseNetwork(canonicalBytes(network))).to.deep.equal(network)
    const { genesis, organizations } = network
    expect(parseNetworkRequest({ genesis, organizations })).to.deep.equal({ genesis, organizations })
  })

  it('is refused with no organisation, one named twice, or a name that is none', () => {
    const { genesis } = network
    for (const organizations of [[], ['FinanceMSP', 'FinanceMSP'], ['Finance MSP'], ['']]) {
      expect(issues(() => parseNetworkRequest({ genesis, organizations }))[0]).to.match(/^\/organizations/)
    }
  })
})

describe('answers', () => {
  it('are read only in their own form', () => {
    expect(parseAnchorResult(canonicalBytes({ created: true, anchor }))).to.deep.equal({ created: true, anchor })
    expect(parseAnchorPage(canonicalize({ anchors: [anchor], bookmark: '' }))).to.deep.equal({
      anchors: [anchor],
      bookmark: '',
    })
    expect(parseNetworkResult(canonicalize({ created: false, network }))).to.deep.equal({ created: false, network })
    expect(() => parseAnchorResult(canonicalize({ created: 'yes', anchor }))).to.throw(RecordError)
    expect(() => parseAnchorPage(canonicalize({ anchors: [network], bookmark: '' }))).to.throw(RecordError)
  })
})

describe('JSON Schema', () => {
  it('is closed and names the required fields', () => {
    const schema = jsonSchemas().AnchorRequest
    expect(schema.additionalProperties).to.equal(false)
    expect(schema.required).to.deep.equal(['project', 'type', 'number', 'issuer', 'digests', 'provenance'])
    expect(Object.keys(jsonSchemas())).to.deep.equal([
      'AnchorRequest',
      'AnchorV1',
      'BatchRequest',
      'BatchV1',
      'CheckpointRequest',
      'CheckpointV1',
      'LaneV1',
      'NetworkRequest',
      'NetworkV1',
      'VoucherV1',
      'Verdict',
    ])
  })
})
