import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { canonicalBytes } from '@caizheng/records'
import { expect } from 'chai'
import {
  encodeRotation,
  encodeTrust,
  EvidenceError,
  fingerprint,
  openTrust,
  rotateTrust,
  rotationBytes,
  type FaultCode,
  type TrustFile,
} from '../../src/index.js'
import { toBase64 } from '../../src/format/base64.js'
import { sign } from '../support/authority.js'
import { consentersOf, createOrderers } from '../support/block.js'
import { CHANNEL, createNetwork, DEFINITION, mspConfig, NETWORK, type TestNetwork } from '../support/network.js'

function fault(action: () => unknown): FaultCode | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    if (error instanceof EvidenceError) return error.code
    throw error
  }
}

describe('Trust file', () => {
  let network: TestNetwork
  before(async () => {
    network = await createNetwork()
  })

  it('takes organisations, CA roots and definitions from the channel, and opens again', () => {
    const { file, organizations } = openTrust(network.trust)
    expect(file.channel).to.equal(CHANNEL)
    expect(file.network).to.equal(NETWORK)
    expect(file.policy).to.deep.equal({
      organizations: ['AuditMSP', 'ConstructionMSP', 'FinanceMSP'],
      complete: 3,
      least: 2,
    })
    expect([...organizations.keys()]).to.deep.equal(['AuditMSP', 'ConstructionMSP', 'FinanceMSP'])
    const { ca, tlsCa } = network.organizations.AuditMSP
    expect(file.organizations[0]?.roots).to.deep.equal([toBase64(ca.der)])
    expect(new TextDecoder().decode(network.trust)).to.not.contain(toBase64(tlsCa.der))
  })

  it('is not made of an organisation that the channel lacks, or whose TLS CA is its CA', () => {
    const msps = new Map(network.msps)
    const audit = network.organizations.AuditMSP
    msps.set('AuditMSP', { config: mspConfig(audit, { tlsRootCerts: [audit.ca.der] }) })
    expect(fault(() => network.trustFile({}, msps))).to.equal('TRUST_TLS_ROOT')
    msps.delete('AuditMSP')
    expect(fault(() => network.trustFile({}, msps))).to.equal('TRUST_INCONSISTENT')
  })

  it('has a fingerprint of eight groups of five digits that every byte changes', () => {
    const honest = fingerprint(network.trust)
    expect(honest).to.match(/^(\d{5} ){7}\d{5}$/)
    const changed = network.trust.slice()
    changed[changed.length - 2] = 0x20
    expect(fingerprint(changed)).to.not.equal(honest)
    // Fixed for ever: a fingerprint on paper must stay comparable.
    expect(fingerprint(new TextEncoder().encode('{}'))).to.equal(EMPTY_FINGERPRINT)
  })

  const REFUSED: readonly (readonly [string, (file: TrustFile) => object, FaultCode])[] = [
    ['organisations out of order', (f) => ({ organizations: f.organizations.toReversed() }), 'TRUST_INCONSISTENT'],
    [
      'an organisation twice',
      (f) => ({ organizations: [f.organizations[0], ...f.organizations] }),
      'TRUST_INCONSISTENT',
    ],
    ['one organisation only', (f) => ({ organizations: f.organizations.slice(1, 2) }), 'SCHEMA'],
    ['a policy of one', (f) => ({ policy: { ...f.policy, least: 1 } }), 'SCHEMA'],
    ['a policy that nobody reaches', (f) => ({ policy: { ...f.policy, complete: 4 } }), 'TRUST_INCONSISTENT'],
    ['a policy below its least', (f) => ({ policy: { ...f.policy, complete: 2, least: 3 } }), 'TRUST_INCONSISTENT'],
    [
      'a policy with an organisation that has no roots',
      (f) => ({ policy: { ...f.policy, organizations: ['AuditMSP', 'TaxMSP'], complete: 2 } }),
      'TRUST_INCONSISTENT',
    ],
    [
      'a policy that names one organisation twice',
      (f) => ({ policy: { ...f.policy, organizations: ['AuditMSP', 'AuditMSP'], complete: 2 } }),
      'TRUST_INCONSISTENT',
    ],
    [
      'two organisations under one CA',
      (f) => ({ organizations: f.organizations.map((o) => ({ ...o, roots: f.organizations[0]?.roots })) }),
      'TRUST_SHARED_ROOT',
    ],
    [
      'a root that is no certificate',
      (f) => ({ organizations: f.organizations.map((o) => ({ ...o, roots: ['AAAA'] })) }),
      'TRUST_CERTIFICATE',
    ],
    ['no definition', () => ({ chaincodes: [] }), 'SCHEMA'],
    ['a definition twice', () => ({ chaincodes: [DEFINITION, DEFINITION] }), 'TRUST_INCONSISTENT'],
    [
      'a period that ends before it begins',
      (f) => ({ validity: { from: f.validity.until, until: f.validity.from } }),
      'TRUST_INCONSISTENT',
    ],
    [
      'a day that does not exist',
      (f) => ({ validity: { ...f.validity, until: '2030-02-30T00:00:00.000Z' } }),
      'SCHEMA',
    ],
    [
      'administrators that nobody counts',
      () => ({ rotation: { needed: 1, administrators: [] } }),
      'TRUST_INCONSISTENT',
    ],
    [
      'an administrator without a key',
      () => ({ rotation: { needed: 1, administrators: [{ name: 'x', key: 'AAAA' }] } }),
      'TRUST_INCONSISTENT',
    ],
    ['a newer version', () => ({ version: 2 }), 'UNKNOWN_VERSION'],
    ['a field more', () => ({ more: true }), 'SCHEMA'],
  ]
  for (const [what, change, code] of REFUSED) {
    it(`refuses ${what}: ${code}`, () => {
      const file = network.trustFile()
      expect(fault(() => openTrust(canonicalBytes({ ...file, ...change(file) })))).to.equal(code)
    })
  }

  it('refuses a peer’s certificate as a root, and a root that did not sign itself', async () => {
    const { ca, peer } = network.organizations.AuditMSP
    const subordinate = await ca.issue('ica', { ca: true, units: [] })
    const withRoot = (der: Uint8Array) => {
      const file = network.trustFile()
      const organizations = file.organizations.map((o) =>
        o.mspId === 'AuditMSP' ? { ...o, roots: [toBase64(der)] } : o,
      )
      return fault(() => openTrust(canonicalBytes({ ...file, organizations })))
    }
    expect(withRoot(peer.der)).to.equal('TRUST_CERTIFICATE')
    expect(withRoot(subordinate.der)).to.equal('TRUST_CERTIFICATE')
    expect(withRoot(ca.der)).to.equal(undefined)
  })
})

describe('Rotation of a trust file', () => {
  interface Administrator {
    readonly name: string
    readonly spki: Uint8Array
    readonly key: KeyObject
  }
  const administrators = ['甲', '乙', '丙'].map((name): Administrator => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return { name, spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })), key: privateKey }
  })
  const rotation = { needed: 2, administrators: administrators.map(({ name, spki }) => ({ name, key: spki })) }
  let network: TestNetwork
  let current: Uint8Array
  let next: Uint8Array
  const signedBy = (who: readonly Administrator[], bytes = next, before = current) =>
    encodeRotation(
      bytes,
      who.map((administrator) => ({
        key: administrator.spki,
        signature: sign(administrator, rotationBytes(before, bytes)),
      })),
    )
  const [first, second, third] = administrators as [Administrator, Administrator, Administrator]

  before(async () => {
    network = await createNetwork()
    current = encodeTrust(network.trustFile({ rotation }))
    next = encodeTrust(network.trustFile({ rotation, number: 2 }))
  })

  it('by two of three administrators', () => {
    for (const who of [
      [first, second],
      [first, third],
      [second, third],
      [first, second, third],
    ]) {
      const { bytes, trust } = rotateTrust(current, signedBy(who))
      expect(bytes).to.deep.equal(next)
      expect(trust.file.number).to.equal(2)
    }
  })

  it('hands on the orderers, and those of earlier blocks with them', async () => {
    const [before, later] = [consentersOf(await createOrderers()), consentersOf(await createOrderers())]
    const from = encodeTrust(network.trustFile({ rotation, ordering: [{ from: 1, consenters: before }] }))
    const ordering = [
      { from: 1, consenters: before },
      { from: 40, consenters: later },
    ]
    const to = encodeTrust(network.trustFile({ rotation, number: 2, ordering }))
    const { trust } = rotateTrust(from, signedBy([first, second], to, from))
    expect(trust.ordering.map((set) => [set.from, set.consenters.length])).to.deep.equal([
      [1, 4],
      [40, 4],
    ])
    const without = encodeTrust(network.trustFile({ rotation, number: 2 }))
    expect(new Set([fingerprint(from), fingerprint(to), fingerprint(without)])).to.have.length(3)
  })

  it('is refused by one, by one twice, by strangers, for other bytes and in another order', () => {
    expect(fault(() => rotateTrust(current, signedBy([first])))).to.equal('ROTATION_TOO_FEW')
    expect(fault(() => rotateTrust(current, signedBy([first, first])))).to.equal('ROTATION_ADMINISTRATOR')
    expect(fault(() => rotateTrust(current, signedBy([second, first])))).to.equal('ROTATION_ADMINISTRATOR')
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
    const stranger = { name: 'x', spki, key: privateKey }
    expect(fault(() => rotateTrust(current, signedBy([first, stranger])))).to.equal('ROTATION_ADMINISTRATOR')
    const impostor = { ...second, key: privateKey }
    expect(fault(() => rotateTrust(current, signedBy([first, impostor])))).to.equal('ROTATION_SIGNATURE')
    // Signed to follow another file than the pinned one.
    expect(fault(() => rotateTrust(current, signedBy([first, second], next, next)))).to.equal('ROTATION_SIGNATURE')
  })

  it('is refused for another network, channel or number, and where nobody may rotate', () => {
    const as = (file: TrustFile) => signedBy([first, second], encodeTrust(file))
    const file = network.trustFile({ rotation, number: 2 })
    expect(fault(() => rotateTrust(current, as({ ...file, network: 'ee'.repeat(32) })))).to.equal(
      'ROTATION_OTHER_NETWORK',
    )
    expect(fault(() => rotateTrust(current, as({ ...file, channel: 'pilot' })))).to.equal('ROTATION_OTHER_NETWORK')
    expect(fault(() => rotateTrust(current, as({ ...file, number: 1 })))).to.equal('ROTATION_NUMBER')
    expect(fault(() => rotateTrust(current, as({ ...file, number: 3 })))).to.equal('ROTATION_NUMBER')
    const fixed = network.trust
    expect(fault(() => rotateTrust(fixed, signedBy([first, second], next, fixed)))).to.equal('ROTATION_ADMINISTRATOR')
  })

  it('leaves a trial network what it is, and may make one of any other', () => {
    const trial = encodeTrust(network.trustFile({ rotation, trial: true }))
    const unmarked = signedBy([first, second], next, trial)
    expect(fault(() => rotateTrust(trial, unmarked))).to.equal('ROTATION_TRIAL')
    const marked = encodeTrust(network.trustFile({ rotation, number: 2, trial: true }))
    expect(rotateTrust(trial, signedBy([first, second], marked, trial)).trust.file.trial).to.equal(true)
    expect(rotateTrust(current, signedBy([first, second], marked)).trust.file.trial).to.equal(true)
  })

  it('is refused with any byte changed', () => {
    const honest = signedBy([first, second])
    for (let i = 0; i < honest.length; i += 3) {
      const changed = honest.slice()
      changed[i] = (changed[i] as number) ^ 1
      expect(
        fault(() => rotateTrust(current, changed)),
        `at ${i}`,
      ).to.not.equal(undefined)
    }
  })
})

/** Computed by another program from the definition: SHA-256 of label, NUL and file, modulo 10^40. */
const EMPTY_FINGERPRINT = '30241 83263 19154 01939 67790 98532 75758 15229'
