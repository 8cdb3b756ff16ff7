import { readFile } from 'node:fs/promises'
import { CaizhengError, type Client } from '@caizheng/client-sdk'
import { encode, parsePolicyExpression, SignaturePolicyEnvelope } from '@caizheng/fabric-wire'
import { canonicalize, transactionPlaces, type CanonicalValue, type TransactionName } from '@caizheng/records'
import { expect } from 'chai'
import { auditOf } from './audit.js'
import { changedBuilds, COLLUDING, departments, type Department } from './changed-build.js'
import { stateOf } from './ledger.js'
import { document, Life, secretAccount } from './life.js'
import { networks } from './networks.js'

type Chaincode = 'charter' | 'payment' | 'evidence'
type Step = readonly ['put', string, CanonicalValue] | readonly ['delete', string] | readonly ['policy', string, string]

const [FINANCE, AUDIT, CONSTRUCTION] = departments
const PROJECT = '2303-331003-04-01-000001'
const CONTRACT = 'A-WK-01'

/** Who may break a chaincode's rules together, as `docs/trust.md` says it; and who is not enough. */
const coalitions: Readonly<Record<Chaincode, { enough: Department[]; short: Department[][] }>> = {
  charter: {
    enough: [FINANCE, AUDIT, CONSTRUCTION],
    short: [[FINANCE], [FINANCE, CONSTRUCTION], [FINANCE, AUDIT], [AUDIT, CONSTRUCTION]],
  },
  payment: {
    enough: [FINANCE, CONSTRUCTION],
    short: [[FINANCE], [CONSTRUCTION], [FINANCE, AUDIT], [AUDIT, CONSTRUCTION]],
  },
  evidence: { enough: [FINANCE, AUDIT], short: [[FINANCE], [AUDIT], [CONSTRUCTION]] },
}

const policy = (expression: string): string =>
  Buffer.from(encode(SignaturePolicyEnvelope, parsePolicyExpression(expression))).toString('base64')

for (const { name: network, start, skipped } of await networks()) {
  describe(`departments with changed builds: ${network}`, function () {
    if (skipped !== undefined) {
      it(`skipped: ${skipped}`)
      return
    }
    this.timeout(600_000)
    let life: Life
    let remove: () => Promise<void>
    /** A department's client, by its own node. */
    const clients = new Map<Department, Client>()

    before(async () => {
      const changed = await changedBuilds()
      remove = changed.remove
      life = await Life.upTo(93, start, changed.builds)
      for (const mspId of departments) clients.set(mspId, (await life.county.enrol(mspId, `${mspId}-OBSERVER`)).client)
    })
    after(async () => {
      await life?.stop()
      await remove?.()
    })

    const client = (mspId: Department): Client => clients.get(mspId) as Client
    const outcomeOf = async (sent: Promise<unknown>): Promise<string> => {
      try {
        await sent
        await life.county.settle()
        return 'COMMITTED'
      } catch (error) {
        if (error instanceof CaizhengError) return error.code
        throw error
      }
    }
    /** Has the asked departments endorse what the colluding ones want. */
    const attack = (chaincode: Chaincode, steps: readonly Step[], colluding: Department[], asked = colluding) =>
      outcomeOf(
        client(FINANCE).submit(
          {
            ...{ chaincode, function: 'Backdoor:Do', arguments: [canonicalize(steps)] },
            ...{ transient: { [COLLUDING]: colluding.join(',') }, endorsingOrganizations: asked },
          },
          { attempts: 1 },
        ),
      )
    /** Sends a transaction under rules that the colluding departments skip. */
    const transact = async (
      person: { mspId: string; name: string } | string,
      name: TransactionName,
      request: Readonly<Record<string, CanonicalValue>>,
      colluding: Department[],
      asked?: Department[],
    ): Promise<string> => {
      const who = typeof person === 'string' ? { mspId: life.mspOf(person), name: person } : person
      const { client } = await life.county.cast.person(who.mspId, who.name)
      const { chaincode, contract } = transactionPlaces[name]
      const call = {
        ...{ chaincode, function: `${contract}:${name}`, arguments: [canonicalize({ ...request, at: life.next() })] },
        transient: { [COLLUDING]: colluding.join(',') },
        ...(asked === undefined ? {} : { endorsingOrganizations: asked }),
      }
      return outcomeOf(client.submit(call, { attempts: 1 }))
    }
    /** What a department's own node holds. */
    const held = async (chaincode: Chaincode, key: string, by: Department = AUDIT): Promise<unknown> => {
      const bytes = await client(by).evaluate({ chaincode, function: 'Backdoor:Read', arguments: [key] })
      return bytes.length === 0 ? undefined : JSON.parse(Buffer.from(bytes).toString())
    }
    const record = async (chaincode: Chaincode, key: string) =>
      (await held(chaincode, key)) as Record<string, CanonicalValue>

    /** Writes that no rule stands behind, by the key that shows whether they came through. */
    const attacks: readonly {
      readonly what: string
      readonly chaincode: Chaincode
      readonly make: (id: string) => Promise<{ key: string; wanted: CanonicalValue; steps?: readonly Step[] }>
    }[] = [
      {
        what: 'a rival contract, signed from the first',
        chaincode: 'charter',
        make: async (id) => ({
          key: `contract:${id}`,
          wanted: { ...(await record('charter', `contract:${CONTRACT}`)), contractNo: id, status: 'SIGNED' },
        }),
      },
      {
        what: 'a project code taken before its project comes',
        chaincode: 'charter',
        make: async (id) => ({
          key: `project:${id}`,
          wanted: { ...(await record('charter', `project:${PROJECT}`)), name: id },
        }),
      },
      {
        what: 'a supervisor whose key finance’s own CA certified',
        chaincode: 'charter',
        make: (id) =>
          Promise.resolve({
            key: `person:${id}`,
            wanted: { kind: 'person', msp: FINANCE, role: 'CHIEF_SUPERVISION_ENGINEER' },
          }),
      },
      {
        what: 'a construction permit that nobody issued',
        chaincode: 'charter',
        make: (id) =>
          Promise.resolve({ key: `attestation:${PROJECT}:CONSTRUCTION_PERMIT:${id}`, wanted: { kind: 'attestation' } }),
      },
      {
        what: 'a contract deleted and made again with other terms',
        chaincode: 'charter',
        make: async () => {
          const key = `contract:${CONTRACT}`
          const wanted = { ...(await record('charter', key)), priceFen: '990000000' }
          return {
            key,
            wanted,
            steps: [
              ['delete', key],
              ['put', key, wanted],
            ],
          }
        },
      },
      {
        what: 'a settlement that nobody approved',
        chaincode: 'charter',
        make: (id) =>
          Promise.resolve({
            key: `settlement:${id}`,
            wanted: { kind: 'settlement', contractNo: id, status: 'SIGNED' },
          }),
      },
      {
        what: 'a settlement that stands nowhere but in payment’s copy',
        chaincode: 'payment',
        make: (id) =>
          Promise.resolve({
            key: `settlement:${id}`,
            wanted: { kind: 'settlement', contractNo: id, status: 'SIGNED' },
          }),
      },
      {
        what: 'running totals set back',
        chaincode: 'payment',
        make: async () => {
          const key = `contractTotals:${CONTRACT}`
          return { key, wanted: { ...(await record('payment', key)), cashFen: '1' } }
        },
      },
      {
        what: 'a voucher off the chain of its contract',
        chaincode: 'payment',
        make: async (id) => ({
          key: `voucher:${CONTRACT}-V9${id}`,
          wanted: {
            ...(await record('payment', `voucher:${CONTRACT}-V001`)),
            voucherNo: `${CONTRACT}-V9${id}`,
            number: 999,
          },
        }),
      },
      {
        what: 'an invoice number taken before its invoice comes',
        chaincode: 'payment',
        make: async (id) => ({ key: `invoice:${id}`, wanted: { kind: 'invoice', invoiceNo: id } }),
      },
      {
        what: 'a person registered nowhere but in payment’s copy',
        chaincode: 'payment',
        make: (id) => Promise.resolve({ key: `person:${id}`, wanted: { kind: 'person', role: 'TAX_ATTESTER' } }),
      },
      {
        what: 'other terms of a contract in payment’s copy',
        chaincode: 'payment',
        make: async () => {
          const key = `contract:${CONTRACT}`
          return { key, wanted: { ...(await record('payment', key)), progressRateBp: 9700 } }
        },
      },
      {
        what: 'a quota deleted and made again, larger',
        chaincode: 'payment',
        make: async () => {
          const key = 'quota:A-Q24-G'
          const wanted = { ...(await record('payment', key)), amountFen: '9999999999' }
          return {
            key,
            wanted,
            steps: [
              ['delete', key],
              ['put', key, wanted],
            ],
          }
        },
      },
      {
        what: 'an anchor’s place taken before its document comes',
        chaincode: 'evidence',
        make: (id) => Promise.resolve({ key: `anchor:${id}`, wanted: { kind: 'anchor', id } }),
      },
    ]

    it('stand in docs/trust.md, each by its name', async () => {
      const page = await readFile(new URL('../../../docs/trust.md', import.meta.url), 'utf8')
      for (const { what } of attacks) expect(page).to.include(`| ${what} `)
    })

    let made = 0
    for (const { what, chaincode, make } of attacks) {
      const { enough, short } = coalitions[chaincode]
      it(`${chaincode}, ${what}: ${enough.join(' + ')} can, fewer and others can't`, async () => {
        made += 1
        const { key, wanted, steps = [['put', key, wanted] as const] } = await make(String(made))
        const before = await held(chaincode, key)
        for (const colluding of short) {
          expect(await attack(chaincode, steps, colluding), colluding.join(' + ')).to.equal('POLICY_NOT_MET')
          // A node that runs the rules endorses nothing of it.
          const asked = enough.length > colluding.length ? enough : [...departments]
          expect(await attack(chaincode, steps, colluding, asked), `${colluding.join(' + ')}, all asked`).to.equal(
            'NOT_ENOUGH_ORGANIZATIONS',
          )
          expect(await held(chaincode, key)).to.deep.equal(before)
        }
        expect(await attack(chaincode, steps, enough)).to.equal('COMMITTED')
        expect(await held(chaincode, key)).to.deep.equal(wanted)
      })
    }

    it('evidence: the network’s identity carries the policy of all three, and two cannot change it', async () => {
      const steps: Step[] = [['put', 'network', { kind: 'network', genesis: '0' }]]
      expect(await attack('evidence', steps, [FINANCE, CONSTRUCTION])).to.equal('POLICY_NOT_MET')
      expect(
        await attack('evidence', [['policy', 'network', policy("OR('FinanceMSP.peer')")]], [FINANCE, AUDIT]),
      ).to.equal('POLICY_NOT_MET')
    })

    it('payment: two may leave a key to one of them for ever; in charter they may not', async () => {
      const alone = policy("OR('FinanceMSP.peer')")
      const key = `contractTotals:${CONTRACT}`
      expect(await attack('charter', [['policy', `contract:${CONTRACT}`, alone]], [FINANCE, CONSTRUCTION])).to.equal(
        'POLICY_NOT_MET',
      )
      expect(await attack('payment', [['policy', key, alone]], [FINANCE])).to.equal('POLICY_NOT_MET')
      const spare = 'contractTotals:SPARE'
      const put: Step = ['put', spare, { kind: 'contractTotals' }]
      expect(await attack('payment', [put, ['policy', spare, alone]], [FINANCE, CONSTRUCTION])).to.equal('COMMITTED')
      expect(await attack('payment', [['put', spare, { kind: 'contractTotals', cashFen: '7' }]], [FINANCE])).to.equal(
        'COMMITTED',
      )
    })

    const application = (applicationNo: string) => ({
      ...{ applicationNo, projectCode: PROJECT, contractNo: CONTRACT, kind: 'PROGRESS', periodNo: 2 },
      ...{ grossFen: '999900000', recoveryFen: '0', netFen: '999900000', certifiedFen: '260000000' },
      lines: [
        {
          ...{ lineNo: 1, budgetQuotaNo: 'A-Q24-G', account: 'COMPANY', accountDigest: '0'.repeat(64) },
          ...{ invoiceNo: '24332000000000000003', amountFen: '999900000' },
        },
      ],
    })

    it('an application far above the ceiling: one node says payable, the other held, and nothing is written', async () => {
      const submit = (no: string, colluding: Department[], asked?: Department[]) =>
        transact('A-CTR-PM', 'SubmitApplication', application(no), colluding, asked)
      expect(await submit('Y-1', [FINANCE])).to.equal('ENDORSEMENTS_DIFFER')
      expect(await submit('Y-1', [CONSTRUCTION])).to.equal('ENDORSEMENTS_DIFFER')
      expect(await submit('Y-1', [FINANCE], [FINANCE])).to.equal('POLICY_NOT_MET')
      expect(await submit('Y-1', [FINANCE, AUDIT], [FINANCE, AUDIT])).to.equal('POLICY_NOT_MET')
      expect(await held('payment', 'application:Y-1')).to.equal(undefined)
      expect(await submit('Y-1', [FINANCE, CONSTRUCTION])).to.equal('COMMITTED')
      expect(await held('payment', 'application:Y-1')).to.include({ status: 'PAYABLE' })
      // The verdicts stand in it, broken ones too: whoever reads it sees what was skipped.
      const { verdicts } = await record('payment', 'application:Y-1')
      expect((verdicts as { outcome: string }[]).some(({ outcome }) => outcome === 'HOLD')).to.equal(true)
    })

    it('a tax attestation by finance’s own clerk', async () => {
      const attest = (colluding: Department[], asked?: Department[]) =>
        transact(
          'A-FIN-PAY',
          'AttestInvoice',
          {
            ...{ projectCode: PROJECT, invoiceNo: '24332000000000000003', status: 'NORMAL' },
            ...{ checkedGrossFen: '221000000', redLetterFen: '0' },
          },
          colluding,
          asked,
        )
      expect(await attest([])).to.equal('ROLE_NOT_ALLOWED')
      expect(await attest([FINANCE])).to.equal('ROLE_NOT_ALLOWED')
      expect(await attest([FINANCE], [FINANCE])).to.equal('POLICY_NOT_MET')
      expect(await attest([FINANCE, CONSTRUCTION])).to.equal('COMMITTED')
    })

    it('a supervisor of finance’s CA, registered in charter: not by two', async () => {
      const forged = await life.county.cast.key(FINANCE, 'FORGED-SUP')
      const register = (colluding: Department[], asked?: Department[]) => {
        const { chaincode, contract } = transactionPlaces.RegisterPerson
        const person = {
          personId: 'FORGED-SUP',
          role: 'CHIEF_SUPERVISION_ENGINEER',
          uscc: '913310030000030178',
          msp: FINANCE,
        }
        const call = {
          ...{ chaincode, function: `${contract}:RegisterPerson` },
          arguments: [canonicalize({ ...person, key: forged, validFrom: '2023-01-01' })],
          transient: { [COLLUDING]: colluding.join(',') },
          ...(asked === undefined ? {} : { endorsingOrganizations: asked }),
        }
        return outcomeOf(life.county.administrator.submit(call, { attempts: 1 }))
      }
      expect(await register([])).to.equal('CALLER_NOT_ALLOWED')
      expect(await register([FINANCE, CONSTRUCTION])).to.equal('CALLER_NOT_ALLOWED')
      expect(await register([FINANCE, CONSTRUCTION], [FINANCE, CONSTRUCTION])).to.equal('POLICY_NOT_MET')
      expect(await held('charter', `person:${forged}`)).to.equal(undefined)
      expect(await register([...departments])).to.equal('COMMITTED')
      expect(await held('charter', `person:${forged}`)).to.include({ msp: FINANCE })
    })

    it('one administrator alone, whose department and another skip the consents: nothing is registered', async () => {
      const key = await life.county.cast.key(FINANCE, 'UNSEEN')
      const person = { personId: 'UNSEEN', role: 'FINANCE_APPROVER', uscc: '113310030000000191', msp: FINANCE, key }
      const register = (colluding: Department[], asked: Department[] = colluding) => {
        const call = {
          ...{ chaincode: 'charter', function: 'CharterContract:RegisterPerson', endorsingOrganizations: asked },
          arguments: [canonicalize({ ...person, validFrom: '2023-01-01' })],
          transient: { [COLLUDING]: colluding.join(',') },
        }
        return outcomeOf(life.county.administrator.submit(call, { attempts: 1 }))
      }
      for (const colluding of coalitions.charter.short) {
        expect(await register(colluding), colluding.join(' + ')).to.equal('POLICY_NOT_MET')
        expect(await register(colluding, [...departments])).to.equal('ENDORSEMENTS_DIFFER')
      }
      expect(await register([], [...departments]), 'a proposal').to.equal('COMMITTED')
      expect(await held('charter', `person:${key}`)).to.equal(undefined)
      // Two of three have consented by now, and the third has not.
      const { client: audit } = await life.county.cast.person(AUDIT, 'GENESIS-ADMIN-AUDIT')
      expect((await audit.transact('RegisterPerson', { ...person, validFrom: '2023-01-01' })).status).to.equal(
        'PROPOSED',
      )
      expect(await held('charter', `person:${key}`)).to.equal(undefined)
      expect(await held('payment', `person:${key}`)).to.equal(undefined)
    })

    const sign = { contractNo: CONTRACT, periodNo: 2, statement: '同意支付' }
    const pretender = { mspId: FINANCE, name: 'A-SUP-CHIEF of finance' }

    it('a certificate of finance’s CA that claims the supervisor’s name and role signs nothing', async () => {
      const { certificatePem: certificate, privateKeyPem: privateKey } = life.county.network.consortium.issue(FINANCE, {
        ...{ name: 'A-SUP-CHIEF', role: 'client' as const },
        attributes: { role: 'CHIEF_SUPERVISION_ENGINEER', 'hf.Registrar.Roles': '*' },
      })
      const identity = await life.county.enrolWith(FINANCE, { certificate, privateKey })
      const sent = identity.client.transact('SignMeasure', { ...sign, at: life.next() })
      expect(await outcomeOf(sent)).to.equal('CALLER_NOT_REGISTERED')
      expect(await transact(pretender, 'SignMeasure', sign, [])).to.equal('CALLER_NOT_REGISTERED')
    })

    it('one whom finance and construction put into payment’s copy signs there, and nowhere else; comparing shows it', async () => {
      const key = await life.county.cast.key(pretender.mspId, pretender.name)
      const person = {
        ...{ kind: 'person', version: 1, personId: 'FORGED-2', key, role: 'CHIEF_SUPERVISION_ENGINEER' },
        ...{ uscc: '913310030000030178', msp: FINANCE, validFrom: '2023-01-01' },
        ...{ time: '2023-01-01T00:00:00.000Z', tx: '0'.repeat(64) },
      }
      const steps: Step[] = [['put', `person:${key}`, person]]
      expect(await attack('payment', steps, [FINANCE, AUDIT])).to.equal('POLICY_NOT_MET')
      expect(await attack('payment', steps, [FINANCE, CONSTRUCTION])).to.equal('COMMITTED')
      expect(await transact(pretender, 'SignMeasure', sign, [])).to.equal('COMMITTED')
      const countersign = await transact(pretender, 'CountersignContract', { contractNo: CONTRACT }, [])
      expect(countersign).to.equal('CALLER_NOT_REGISTERED')
      // What an auditor finds by comparing payment's copies with charter.
      const charter = await stateOf(life.county.administrator, 'charter')
      const payment = await stateOf(life.county.administrator, 'payment')
      const strangers = [...payment.keys()].filter((one) => one.startsWith('person:') && !charter.has(one))
      expect(strangers).to.include(`person:${key}`)
    })

    it('a number that was changed and purged is on no node any more, the new one on its two', async () => {
      const { digest, transient } = secretAccount('FICTITIOUS-NEW-0002', 'b4'.repeat(16))
      const account = { contractNo: CONTRACT, account: 'WAGE' }
      const old = 'c3b621ba2a11aa50475d788c1154f072feaa4a3d0875ee0d579e66b0645eb3e4'
      const read = async (by: Department, of: string): Promise<string> => {
        const call = { chaincode: 'payment', function: 'Backdoor:ReadPrivate' }
        const key = `account:${CONTRACT}:WAGE:${of}`
        return Buffer.from(await client(by).evaluate({ ...call, arguments: ['accounts', key] })).toString()
      }
      expect(await read(FINANCE, old)).to.match(/^[0-9a-f]{32}:FICTITIOUS-A-WAGE/)
      const change = { ...account, accountDigest: digest, reason: '换卡', document: document('OTHER', 'BG-9') }
      await life.send('A-CTR-PM', 'ProposeAccountChange', change, transient)
      await life.send('A-OWN-PAY', 'SignAccountChange', account)
      life.wait(4)
      expect((await life.send('A-FIN-PAY', 'SignAccountChange', account)).record).to.include({ status: 'IN_FORCE' })
      const purge = { ...account, accountDigest: old, reason: '账户已更换' }
      expect((await life.send('A-FIN-PAY', 'PurgeAccount', purge)).outcome).to.equal('COMMITTED')
      for (const by of [FINANCE, CONSTRUCTION] as const) {
        expect(await read(by, old)).to.equal('')
        expect(await read(by, digest)).to.equal(`${'b4'.repeat(16)}:FICTITIOUS-NEW-0002`)
      }
      expect(await outcomeOf(read(AUDIT, digest))).to.equal('CHAINCODE_FAILED')
    })

    it('an audit names what was done, and by whom', async () => {
      const { doubts } = await auditOf(life.county)
      const found = (code: string, key?: string) =>
        doubts.filter((one) => one.code === code && (key === undefined || one.key === key))
      const [ceiling] = found('RULE_SKIPPED').filter(({ amountFen }) => amountFen === '999900000')
      expect(ceiling).to.deep.include({ rule: 'R02', grade: 'WRONG' })
      expect(ceiling?.article).to.include('财建〔2022〕183号')
      expect(found('WRITES_DIFFER', 'payment/application:Y-1')[0]?.text.en).to.include('"PAYABLE", to be "HELD"')
      expect(found('REFUSAL_SKIPPED')[0]?.text.en).to.include('ROLE_NOT_ALLOWED')
      const off = attacks.findIndex(({ what }) => what === 'a voucher off the chain of its contract') + 1
      expect(found('VOUCHER_CHAIN', `payment/voucher:${CONTRACT}-V9${off}`)).to.have.lengthOf(1)
      const done = found('FUNCTION_UNKNOWN')
      expect(done.some(({ text }) => text.en.includes('FinanceMSP') && text.en.includes('ConstructionMSP'))).to.equal(
        true,
      )
    })
  })
}
