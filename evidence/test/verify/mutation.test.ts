import { expect } from 'chai'
import { openTrust, verify, type Report, type TrustFile } from '../../src/index.js'
import { createNetwork, NOW, type TestNetwork } from '../support/network.js'
import { endorsedQuery, evidenceOf } from '../support/receipt.js'
import { anchorOf, batchOf, DOCUMENT } from '../support/records.js'

/** Flips of one byte: a low bit, which keeps text text; the bit of letter case, which keeps base64 base64; the high bit. */
const MASKS = [0x01, 0x20, 0x80]

function flipped(bytes: Uint8Array, at: number, mask: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] as number) ^ mask
  return copy
}

interface Counts {
  tried: number
  rejected: number
  harmless: number
}

/** Tries each change; a change that still verifies must be explained by `harmless`, which throws if it can't. */
function tryAll(
  changes: Iterable<Uint8Array>,
  check: (changed: Uint8Array) => Report,
  harmless: (changed: Uint8Array, report: Report) => void,
): Counts {
  const counts = { tried: 0, rejected: 0, harmless: 0 }
  for (const changed of changes) {
    counts.tried++
    const report = check(changed)
    if (report.outcome === 'VALID') {
      harmless(changed, report)
      counts.harmless++
    } else counts.rejected++
  }
  return counts
}

function* everyFlip(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) for (const mask of MASKS) yield flipped(bytes, at, mask)
}

/** A small generator of numbers that repeat, so that a failure can be found again. */
function* someFlips(bytes: Uint8Array, count: number): Generator<Uint8Array> {
  let state = 0x2545f491
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  for (let i = 0; i < count; i++) yield flipped(bytes, next(bytes.length), MASKS[next(MASKS.length)] as number)
}

const never = (_: Uint8Array, report: Report) => expect.fail(`a change verified: ${report.statement.en}`)

function note(test: Mocha.Runnable | undefined, counts: Counts): void {
  if (test) test.title += ` (${counts.tried} tried, ${counts.rejected} rejected, ${counts.harmless} harmless)`
}

describe('verify: changes of bytes', function () {
  // Tens of thousands of verifications: how long they take is the machine's matter, not theirs.
  this.timeout(180_000)
  let network: TestNetwork
  let evidence: Uint8Array
  before(async () => {
    network = await createNetwork()
    evidence = evidenceOf(endorsedQuery(network, anchorOf(DOCUMENT)))
  })

  it('every byte of a small evidence file', function () {
    const trust = openTrust(network.trust)
    const counts = tryAll(everyFlip(evidence), (changed) => verify(DOCUMENT, changed, trust, { at: NOW }), never)
    expect(counts.rejected).to.equal(evidence.length * MASKS.length)
    note(this.test, counts)
  })

  it('every byte of the document', function () {
    const counts = tryAll(
      everyFlip(DOCUMENT),
      (changed) => verify(changed, evidence, network.trust, { at: NOW }),
      never,
    )
    expect(counts.rejected).to.equal(DOCUMENT.length * MASKS.length)
    note(this.test, counts)
  })

  it('every byte of the trust file, its fingerprint confirmed by a person', function () {
    const { fingerprint } = openTrust(network.trust)
    const counts = tryAll(
      everyFlip(network.trust),
      (changed) => verify(DOCUMENT, evidence, changed, { at: NOW, fingerprint }),
      never,
    )
    expect(counts.rejected).to.equal(network.trust.length * MASKS.length)
    note(this.test, counts)
  })

  it('every byte of the trust file, its fingerprint not looked at: what passes says nothing else of this document', function () {
    const honest = verify(DOCUMENT, evidence, network.trust, { at: NOW })
    const counts = tryAll(
      everyFlip(network.trust),
      (changed) => verify(DOCUMENT, evidence, changed, { at: NOW }),
      (changed, report) => {
        // Only what does not bear on this receipt: names, periods, counts that it meets either way. The fingerprint tells.
        expect(report.fingerprint).to.not.equal(honest.fingerprint)
        expect(essence(openTrust(changed).file)).to.deep.equal(essence(openTrust(network.trust).file))
        expect(report.proven?.record).to.deep.equal(honest.proven?.record)
        expect(report.proven?.signers.map(({ mspId }) => mspId)).to.deep.equal(
          honest.proven?.signers.map(({ mspId }) => mspId),
        )
      },
    )
    expect(counts.harmless).to.be.lessThan(counts.tried / 10)
    note(this.test, counts)
  })

  it('random bytes of a batch file with many documents', function () {
    const { documents, batch, record } = batchOf(300)
    const large = evidenceOf(endorsedQuery(network, record), batch.subject())
    const document = documents[123] as Uint8Array
    const trust = openTrust(network.trust)
    expect(verify(document, large, trust, { at: NOW }).outcome).to.equal('VALID')
    const counts = tryAll(someFlips(large, 400), (changed) => verify(document, changed, trust, { at: NOW }), never)
    note(this.test, counts)
  })

  it('every byte of the leaf and the path in a file with a path', function () {
    const { documents, batch, record } = batchOf(5)
    const small = evidenceOf(endorsedQuery(network, record), batch.subject([2]))
    const document = documents[2] as Uint8Array
    const trust = openTrust(network.trust)
    // Canonical JSON puts the subject after the receipt, whose bytes were tried above.
    const start = new TextDecoder().decode(small).indexOf('"subject":')
    const changes = [...everyFlip(small.subarray(start))].map((end) =>
      Uint8Array.of(...small.subarray(0, start), ...end),
    )
    const counts = tryAll(changes, (changed) => verify(document, changed, trust, { at: NOW }), never)
    expect(counts.tried).to.be.greaterThan(1000)
    note(this.test, counts)
  })

  it('bytes taken away, added or doubled', function () {
    const changes = [
      ...Array.from({ length: 200 }, (_, i) => evidence.subarray(0, (evidence.length * i) / 200)),
      Uint8Array.of(...evidence, 0x0a),
      Uint8Array.of(0x20, ...evidence),
      Uint8Array.of(0xef, 0xbb, 0xbf, ...evidence),
      Uint8Array.of(...evidence, ...evidence),
      evidence.subarray(1),
    ]
    const counts = tryAll(changes, (changed) => verify(DOCUMENT, changed, network.trust, { at: NOW }), never)
    note(this.test, counts)
  })
})

/** What bears on a receipt: all of a trust file but names, numbers, periods and the counts of the policy. */
function essence({ organizations, chaincodes, channel, network, policy }: TrustFile): unknown {
  return {
    channel,
    network,
    organizations: organizations.map(({ mspId, roots, intermediates }) => ({ mspId, roots, intermediates })),
    chaincodes: chaincodes.map(({ name, version, committed }) => ({ name, version, committed })),
    policy: policy.organizations,
  }
}
