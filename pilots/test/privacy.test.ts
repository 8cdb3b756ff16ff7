import { createHash, createHmac, X509Certificate } from 'node:crypto'
import { CaizhengError } from '@caizheng/client-sdk'
import { sm3 } from '@caizheng/fabric-wire'
import { canonicalize, type CanonicalValue } from '@caizheng/records'
import { expect } from 'chai'
import { firstAdministrators } from '../src/index.js'
import { withoutFinalAccount, playAll } from './expectation.js'
import { blocksOf } from './ledger.js'
import { networks, type StartNetwork } from './networks.js'
import { document, Life, secretAccount } from './life.js'

const CONTRACT = 'A-WK-01'
const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** What must never be found: numbers, their salts, and the names and identity numbers behind pseudonyms and rosters. */
const planted = {
  changed: { account: '6222021207001234567', salt: '5f'.repeat(16) },
  invalid: { account: '6222021207007654321', salt: '6e'.repeat(16) },
  rival: { account: '6222021207000000018', salt: '7d'.repeat(16) },
  refused: { account: '6222021207000000026', salt: '8c'.repeat(16) },
  roster: {
    names: ['王建国', '李秀英', '张伟'],
    ids: ['331003199001011234', '331003198512120042'],
    salt: '9b'.repeat(16),
  },
}

/** Tells whether 32 bytes stand anywhere in the chain, as they are or in hex. */
function finder(chain: Buffer): (digest: Uint8Array) => boolean {
  const beginnings = new Set<number>()
  for (let at = 0; at + 4 <= chain.length; at++) beginnings.add(chain.readUInt32BE(at))
  return (digest) => {
    const [bytes, text] = [Buffer.from(digest), Buffer.from(Buffer.from(digest).toString('hex'))]
    return [bytes, text].some((one) => beginnings.has(one.readUInt32BE(0)) && chain.includes(one))
  }
}

/** A whole life, changes and failures included; then everything that the chain keeps of it is searched. */
function privacy(start: StartNetwork): void {
  let life: Life
  /** All blocks, one after another: arguments, responses, events, read-write sets, invalid transactions too. */
  let chain: Buffer
  /** What certificates say inside their Base64: of creators and endorsers, in every block. */
  let certificates: X509Certificate[]

  before(async () => {
    life = await Life.upTo(100, start)
    await playAll(
      life.county,
      life.pilot,
      withoutFinalAccount(life.pilot).filter(({ seq, group }) => seq > 100 && group === undefined),
    )
    life.wait(900)
    await changeAccounts()
    await recordRoster()
    const { administrator, network } = life.county
    chain = Buffer.concat(await blocksOf(administrator, network.channel))
    const text = chain.toString('latin1')
    const pem = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g
    certificates = [...new Set(text.match(pem))].map((one) => new X509Certificate(one))
  })
  after(() => life?.stop())

  const change = (accountDigest: string, number: string) => ({
    ...{ contractNo: CONTRACT, account: 'COMPANY', accountDigest, reason: '开户行变更' },
    document: document('OTHER', number),
  })
  /** Sends with the endorsement that is asked for, and hears the error's code. */
  async function propose(
    { account, salt }: { account: string; salt: string },
    number: string,
    more: Readonly<Record<string, CanonicalValue>> = {},
    endorsingOrganizations?: string[],
  ): Promise<string> {
    const { digest, transient } = secretAccount(account, salt)
    const { client } = await life.county.cast.person('PartiesMSP', 'A-CTR-PM')
    const request = { ...change(digest, number), ...more, at: life.next() }
    const call = {
      ...{ chaincode: 'payment', function: 'CorrectionContract:ProposeAccountChange' },
      ...{ arguments: [canonicalize(request)], transient },
      ...(endorsingOrganizations === undefined ? {} : { endorsingOrganizations }),
    }
    try {
      await client.submit(call, { attempts: 1 })
      await life.county.settle()
      return 'COMMITTED'
    } catch (error) {
      if (error instanceof CaizhengError) return error.code
      throw error
    }
  }

  async function changeAccounts(): Promise<void> {
    const { changed, invalid, rival, refused } = planted
    // Refused: nothing of these is ordered, not even where the number was put into the arguments.
    expect(await propose(refused, 'BG-0', { accountNo: refused.account })).to.equal('ARGUMENT_MALFORMED')
    expect(await propose({ ...refused, salt: 'short' }, 'BG-0')).to.equal('ARGUMENT_MALFORMED')
    // Ordered and invalid: in a block for ever.
    expect(await propose(invalid, 'BG-1', {}, ['FinanceMSP'])).to.equal('POLICY_NOT_MET')
    // Two at once: one of them is invalid.
    const both = await Promise.all([propose(changed, 'BG-2'), propose(rival, 'BG-3')])
    expect(both).to.have.members(['COMMITTED', 'CONFLICT'])
    const signed = { contractNo: CONTRACT, account: 'COMPANY' }
    await life.send('A-OWN-PAY', 'SignAccountChange', signed)
    life.wait(4)
    expect((await life.send('A-FIN-PAY', 'SignAccountChange', signed)).record).to.include({ status: 'IN_FORCE' })
    const { accountNo, saltHex } = accountOfPilot()
    const purge = { ...signed, accountDigest: sha256(`${saltHex}:${accountNo}`).toString('hex'), reason: '已更换' }
    expect((await life.send('A-FIN-PAY', 'PurgeAccount', purge)).outcome).to.equal('COMMITTED')
  }

  /** Who was on the site: a count, and the digest of a list that begins with its salt. */
  async function recordRoster(): Promise<void> {
    const { salt } = planted.roster
    const roster = canonicalize({ names: planted.roster.names, ids: planted.roster.ids })
    const evidence = {
      ...{ evidenceNo: 'EV-X', contractNo: CONTRACT, day: life.day, periodNo: 9, photos: [], weighings: [] },
      checkIn: { workers: 3, digest: sha256(`${salt}:${roster}`).toString('hex') },
    }
    expect((await life.send('A-CTR-CLERK', 'RecordSiteEvidence', evidence)).outcome).to.equal('COMMITTED')
  }

  function accountOfPilot(): Record<'accountNo' | 'saltHex', string> {
    const step = life.pilot.steps.find(
      ({ transaction, input }) => transaction === 'registerAccount' && input['account'] === 'COMPANY',
    )
    return step?.transient as Record<'accountNo' | 'saltHex', string>
  }

  const secrets = (): string[] => [
    ...[planted.changed, planted.invalid, planted.rival, planted.refused].flatMap(({ account, salt }) => [
      account,
      salt,
    ]),
    ...life.pilot.steps.filter(({ seq }) => seq <= 100).flatMap(({ transient }) => Object.values(transient ?? {})),
    ...[...planted.roster.names, ...planted.roster.ids, planted.roster.salt],
  ]
  /** The ways in which bytes may lie in a block. */
  const forms = (bytes: Uint8Array): Buffer[] => {
    const buffer = Buffer.from(bytes)
    return [
      buffer,
      ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(buffer.toString(form).replace(/=+$/, ''))),
    ]
  }
  const found = (bytes: Uint8Array): boolean =>
    forms(bytes).some((form) => chain.includes(form) || certificates.some(({ raw }) => raw.includes(form)))

  it('finds what is there: pseudonyms, and salted digests as text and as the hash of a private write', () => {
    expect(found(Buffer.from('A-CTR-PM'))).to.equal(true)
    for (const { account, salt } of [planted.changed, planted.invalid, planted.rival]) {
      const digest = sha256(`${salt}:${account}`)
      expect(chain.includes(digest), 'of a private write, also of an invalid transaction').to.equal(true)
      expect(chain.includes(digest.toString('hex'))).to.equal(true)
    }
  })

  it('no secret stands in any block, in whatever form', () => {
    for (const secret of secrets()) {
      expect(found(Buffer.from(secret)), secret).to.equal(false)
      expect(chain.includes(JSON.stringify(secret).slice(1, -1).normalize('NFD')), secret).to.equal(false)
      if (/^[0-9a-f]{32}$/.test(secret)) expect(found(Buffer.from(secret, 'hex')), secret).to.equal(false)
    }
  })

  it('no digest in any block is that of a secret alone, or with what anybody knows', () => {
    const publicly = [
      CONTRACT,
      'COMPANY',
      'WAGE',
      'account',
      '91331003000002014P',
      '2303-331003-04-01-000001',
      'fiscal',
      '',
    ]
    const holds = finder(chain)
    expect(holds(sha256(`${planted.invalid.salt}:${planted.invalid.account}`)), 'one that is there').to.equal(true)
    let tried = 0
    for (const secret of secrets()) {
      const texts = publicly.flatMap((known) =>
        ['', ':', '|', ',', '-', '/', ' ', '\n', '\0'].flatMap((mark) => [
          `${known}${mark}${secret}`,
          `${secret}${mark}${known}`,
        ]),
      )
      texts.push(...['account', 'accountNo', 'name', 'salt'].map((name) => canonicalize({ [name]: secret })))
      for (const text of new Set(texts)) {
        const bytes = Buffer.from(text)
        const hmac = createHmac('sha256', CONTRACT).update(bytes).digest()
        for (const digest of [
          sha256(bytes),
          sha256(sha256(bytes)),
          sha256(sha256(bytes).toString('hex')),
          sm3(bytes),
          hmac,
        ]) {
          tried += 1
          if (holds(digest)) expect.fail(`a digest of ${text}`)
        }
      }
    }
    expect(tried).to.be.greaterThan(10_000)
  })

  it('every certificate in the blocks names a pseudonym or a node', () => {
    const people = [...life.pilot.participants.persons, ...firstAdministrators]
    const pseudonyms = new Set(people.map(({ personId }) => personId))
    const names = certificates.map(({ subject }) => /^CN=(.*)$/m.exec(subject)?.[1] ?? '')
    expect(names.length).to.be.greaterThan(10)
    for (const name of names) {
      if (!pseudonyms.has(name))
        expect(name).to.match(/^(ca|tlsca|peer0|orderer|Admin@|User1@)?[@.a-z0-9-]*fiscal\.test$/)
    }
  })
}

for (const { name, start, skipped } of await networks()) {
  describe(`privacy: ${name}`, function () {
    this.timeout(600_000)
    if (skipped === undefined) privacy(start)
    else it(`skipped: ${skipped}`)
  })
}
