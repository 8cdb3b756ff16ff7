import { createHash } from 'node:crypto'
import type { CaizhengError } from '@caizheng/client-sdk'
import { canonicalize, voucherChainStart, voucherPreimage, type TransactionName, type Voucher } from '@caizheng/records'
import { expect } from 'chai'
import { transactionOf, type Step } from '../src/index.js'
import { requestOf } from '../src/request.js'
import { changedBuilds, COLLUDING, departments, type Department } from './changed-build.js'
import { stateOf } from './ledger.js'
import { document, Life, type Sent } from './life.js'
import { networks, type StartNetwork } from './networks.js'
import type { Fields } from './requests.js'

const CONTRACT = 'A-WK-01'
const PROJECT = '2303-331003-04-01-000001'
const [CONTRACTOR, DESIGN] = ['91331003000002014P', '913310030000050127']
const named = { contractNo: CONTRACT, settlementNo: 'A-JS-001' }

/** What finance approves of the pilot's settlement in this life: less than what was paid and what is kept, so some comes back. */
const approval = {
  ...named,
  submittedFen: '938000000',
  approvedFen: '770000000',
  reductionFen: '168000000',
  reductionRateBp: 1791,
  paidFen: '782000000',
  payableFen: '0',
  cashRetentionFen: '23100000',
  guaranteeFen: '0',
  overpaidFen: '35100000',
}

const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

/** The works are complete, and go on to acceptance and settlement otherwise than planned. */
function settling(start: StartNetwork): void {
  let life: Life
  let remove: () => Promise<void>

  before(async () => {
    const changed = await changedBuilds()
    remove = changed.remove
    // The last progress payment waits for its approval.
    life = await Life.upTo(136, start, changed.builds)
    await life.hire('X-SUR', 'SURVEY_LEAD', DESIGN)
    await life.hire('X-COST', 'COST_ENGINEER', CONTRACTOR)
  })
  after(async () => {
    await life?.stop()
    await remove?.()
  })

  const send = (person: string, name: TransactionName, request: Fields) => life.send(person, name, request)
  const record = async <T>(namespace: string, key: string) =>
    (await stateOf(life.county.administrator, namespace)).get(key) as T
  const stepOf = (seq: number): Step => {
    const step = life.pilot.steps.find((one) => one.seq === seq)
    if (step === undefined) throw new Error(`There is no step ${seq}`)
    return step
  }
  const stepNamed = (transaction: string): number =>
    life.pilot.steps.find((one) => one.transaction === transaction)?.seq ?? 0
  /** A step's request, at no time of its own, and taking no other's place. */
  const requestOfStep = (seq: number): Fields => without(requestOf(stepOf(seq), '', life.pilot), 'at', 'supersedes')
  /** A step of the pilot, at this life's time, changed or by somebody else. */
  const sendStep = (seq: number, change: Fields = {}, actor = stepOf(seq).actor): Promise<Sent> =>
    send(actor, transactionOf(stepOf(seq)) as TransactionName, { ...requestOfStep(seq), ...change })
  const refused = ({ outcome, rules }: Sent, code: string, ...broken: string[]): void => {
    expect({ outcome, rules }).to.deep.equal({ outcome: code, rules: broken })
  }
  const committed = ({ outcome, rules }: Sent): void => {
    expect({ outcome, rules }).to.deep.equal({ outcome: 'COMMITTED', rules: [] })
  }
  const tick = (rule: string) =>
    send('A-BNK-SVC', 'RunTick', {
      ...{ projectCode: PROJECT, contractNo: CONTRACT, tick: 'tickDeadlines', tickDate: life.day, rules: [rule] },
    })

  const letter = (guaranteeNo: string, kind: string, amountFen: string) =>
    send('A-CTR-PM', 'RecordGuarantee', {
      ...{ contractNo: CONTRACT, guaranteeNo, kind, form: 'BANK_GUARANTEE', amountFen, validUntil: '2026-12-31' },
      document: document('GUARANTEE_LETTER', guaranteeNo),
    })
  const giveBack = (guaranteeNo: string, actor = 'A-OWN-LEAD') =>
    send(actor, 'ReleaseGuarantee', { contractNo: CONTRACT, guaranteeNo, releasedOn: life.day })

  /** A second contract of the project, which comes to nothing. */
  const SECOND = 'A-GD-01'
  const gates = async (): Promise<Readonly<Record<string, string>>> =>
    (await record<{ gates: Record<string, string> }>('charter', `project:${PROJECT}`)).gates

  it('nothing is accepted or settled before its gate, and no stranger reports completion (R14)', async () => {
    life.until('2024-06-12')
    const change = { ...requestOfStep(83), changeNo: 'CO-3', document: document('CHANGE_ORDER', 'CO-3') }
    committed(await send('A-CTR-PM', 'ProposeChangeOrder', change))
    committed(await send('A-SUP-CHIEF', 'SignChangeOrder', { contractNo: CONTRACT, changeNo: 'CO-3' }))
    const line = { itemCode: '990101001001', name: '路灯', unit: '套', qtyMilli: '1000', unitPriceFen: '100000' }
    committed(
      await send('A-OWN-LEAD', 'RegisterContract', {
        // So small that nobody tenders for it.
        ...without(requestOfStep(stepNamed('registerContract')), 'tenderNo'),
        ...{ contractNo: SECOND, kind: 'GOODS', signedOn: '2024-06-12', priceFen: '100000', provisionalFen: '0' },
        ...{ provisionalSubItem: null, advanceFen: '10000', document: document('CONTRACT', SECOND) },
        boq: [{ ...line, amountFen: '100000', subItem: 'ancillary' }],
      }),
    )
    committed(await letter('LY-1', 'PERFORMANCE', '47000000'))
    refused(await giveBack('LY-1'), 'RULES_BROKEN', 'R14')
    refused(await sendStep(142), 'RULES_BROKEN', 'R14')
    refused(await sendStep(150, { submittedOn: '2024-06-11' }), 'RULES_BROKEN', 'R14')
    refused(await sendStep(141, {}, 'A-OWN-LEAD'), 'ROLE_NOT_ALLOWED')
    refused(await sendStep(141, { completedOn: '2024-06-13' }), 'STATUS_CONFLICT')
    committed(await sendStep(141))
    refused(await sendStep(141), 'STATUS_CONFLICT')
    refused(await send('A-CTR-PM', 'ProposeChangeOrder', { ...change, changeNo: 'CO-4' }), 'STATUS_CONFLICT')
  })

  it('each party signs an acceptance for itself, once, and the five together accept (R41)', async () => {
    const failed = { acceptanceNo: 'A-YS-000', document: document('ACCEPTANCE_REPORT', 'A-YS-000') }
    committed(await sendStep(142, failed))
    committed(await sendStep(143, { acceptanceNo: 'A-YS-000' }))
    // The first try failed; the second begins without signatures.
    committed(await sendStep(142))
    refused(await sendStep(142), 'RECORD_EXISTS')
    refused(await sendStep(143, { acceptanceNo: 'A-YS-000' }), 'RECORD_NOT_FOUND')
    refused(await sendStep(144, {}, 'X-SUR'), 'RULES_BROKEN', 'R41')
    refused(await sendStep(145, {}, 'A-SUR-LEAD'), 'RULES_BROKEN', 'R41')
    refused(await sendStep(146, {}, 'A-CTR-PM'), 'RULES_BROKEN', 'R41')
    refused(await sendStep(147, {}, 'A-AUD-WIT'), 'RULES_BROKEN', 'R41')
    for (const seq of [143, 144, 145, 146]) committed(await sendStep(seq))
    refused(await sendStep(146), 'RECORD_EXISTS')
    refused(await sendStep(148), 'RULES_BROKEN', 'R41')
    committed(await sendStep(147))
    refused(await sendStep(148, { acceptedOn: '2024-06-13' }), 'STATUS_CONFLICT')
    refused(await sendStep(148, {}, 'A-CTR-PM'), 'ROLE_NOT_ALLOWED')
    committed(await sendStep(148))
    refused(await sendStep(148), 'STATUS_CONFLICT')
    committed(await giveBack('LY-1'))
    expect(await gates()).to.not.have.any.keys('COMPLETION', 'ACCEPTANCE')
  })

  it('a project passes a gate with the last of its contracts (R14)', async () => {
    const termination = { contractNo: SECOND, reason: '不再采购', document: document('OTHER', 'JC-1') }
    const late = { ...termination, terminatedOn: '2024-06-13' }
    refused(await send('A-OWN-LEAD', 'TerminateContract', late), 'STATUS_CONFLICT')
    committed(await send('A-OWN-LEAD', 'TerminateContract', { ...termination, terminatedOn: '2024-06-12' }))
    expect(await gates()).to.include({ COMPLETION: '2024-06-12', ACCEPTANCE: '2024-06-12' })
    expect(await gates()).to.not.have.any.keys('SETTLEMENT')
    const { stage } = await record<{ stage: string }>('charter', `project:${PROJECT}`)
    expect(stage).to.equal('验收')
  })

  it('a filing that is late is an alert, and settlement does not wait for it (R41)', async () => {
    life.until('2024-06-27')
    committed(await tick('R41'))
    life.until('2024-06-28')
    refused(await tick('R41'), 'COMMITTED', 'R41')
    committed(await tick('R41'))
    life.until('2024-07-01')
    committed(await sendStep(150))
    refused(await sendStep(149, { filedOn: '2024-07-01' }), 'COMMITTED', 'R41')
    refused(await sendStep(150, { settlementNo: 'A-JS-002' }), 'RECORD_EXISTS')
  })

  it('a settlement is reviewed by a consultant of its own, within its days (R18, R29)', async () => {
    refused(await sendStep(151, {}, 'X-COST'), 'RULES_BROKEN', 'R18')
    refused(await sendStep(151, { approvedFen: '938000001' }), 'RULES_BROKEN', 'R29')
    refused(await sendStep(151, { settlementNo: 'A-JS-009' }), 'RECORD_NOT_FOUND')
    refused(await send('A-FIN-REVIEW', 'ApproveSettlement', approval), 'STATUS_CONFLICT')
    committed(await sendStep(151, { approvedFen: approval.approvedFen }))
    life.until('2024-07-31')
    committed(await tick('R29'))
    life.until('2024-08-01')
    refused(await tick('R29'), 'COMMITTED', 'R29')
  })

  const approve = (change: Fields = {}, actor = 'A-FIN-REVIEW') =>
    send(actor, 'ApproveSettlement', { ...approval, ...change })

  it('while a payment waits for its voucher, nothing is settled (R29)', async () => {
    // Late besides, which is an alert.
    refused(await approve(), 'RULES_BROKEN', 'R29')
    for (const seq of [137, 138]) committed(await sendStep(seq))
  })

  it('finance alone approves, and every sum is recomputed (R06, R18, R29)', async () => {
    for (const actor of ['A-AUD-WIT', 'A-OWN-LEAD', 'A-CST-ENG', 'A-CTR-PM']) {
      refused(await approve({}, actor), 'RULES_BROKEN', 'R18')
    }
    for (const name of [
      'submittedFen',
      'approvedFen',
      'reductionFen',
      'paidFen',
      'payableFen',
      'overpaidFen',
    ] as const) {
      refused(await approve({ [name]: String(BigInt(approval[name]) + 1n) }), 'RULES_BROKEN', 'R29')
    }
    refused(await approve({ reductionRateBp: 1790 }), 'RULES_BROKEN', 'R29')
    // A reduction typed with a digit less, as an audit found one.
    refused(await approve({ reductionFen: '16800000' }), 'RULES_BROKEN', 'R29')
    const more = { cashRetentionFen: '23100001', overpaidFen: '35100001' }
    const found = await approve(more)
    expect(found.rules).to.include.members(['R06', 'R29'])
    expect((await approve({ guaranteeFen: '1' })).rules).to.include('R06')
  })

  it('departments that skip the rules settle nothing, unless all three do', async () => {
    const { client } = await life.county.cast.person('FinanceMSP', 'A-FIN-REVIEW')
    const wrong = { ...approval, payableFen: '1000000' }
    const settle = async (colluding: Department[], asked: readonly Department[]): Promise<string> => {
      const call = {
        ...{ chaincode: 'charter', function: 'SettlementContract:ApproveSettlement' },
        arguments: [canonicalize({ ...wrong, at: life.next() })],
        ...{ transient: { [COLLUDING]: colluding.join(',') }, endorsingOrganizations: asked },
      }
      return client.submit(call, { attempts: 1 }).then(
        () => 'COMMITTED',
        (error: unknown) => (error as CaizhengError).code,
      )
    }
    for (const honest of departments) {
      const two = departments.filter((one) => one !== honest)
      expect(await settle(two, two), two.join(' + ')).to.equal('POLICY_NOT_MET')
      // The honest node refuses what the others endorse.
      expect(await settle(two, departments), `${honest} asked too`).to.equal('RULES_BROKEN')
    }
    const { status } = await record<{ status: string }>('charter', `settlement:${CONTRACT}`)
    expect(status).to.equal('REVIEWED')
  })

  it('a letter that is held counts, whatever an approval says, until the owner gives it back (R06)', async () => {
    committed(await letter('BH-0', 'QUALITY', '1'))
    expect((await approve()).rules).to.include('R06')
    refused(await giveBack('BH-0', 'A-CTR-PM'), 'ROLE_NOT_ALLOWED')
    refused(await giveBack('BH-0', 'A-AUD-WIT'), 'ROLE_NOT_ALLOWED')
    committed(await giveBack('BH-0'))
    refused(await giveBack('BH-0'), 'STATUS_CONFLICT')
    committed(await letter('BH-1', 'QUALITY', '23100000'))
  })

  /** First with the letter instead of cash. */
  const byLetter = { cashRetentionFen: '0', guaranteeFen: '23100000', overpaidFen: '12000000' }

  it('the head of other vouchers refuses; the approval keeps the head, the number and the sums (R29)', async () => {
    const { head, vouchers } = await record<{ head: string; vouchers: number }>('payment', `contractTotals:${CONTRACT}`)
    refused(await approve({ ...byLetter, chain: { head: 'a'.repeat(64), vouchers } }), 'RULES_BROKEN', 'R29')
    refused(await approve({ ...byLetter, chain: { head, vouchers: vouchers - 1 } }), 'RULES_BROKEN', 'R29')
    const { outcome, rules, record: settled } = await approve({ ...byLetter, chain: { head, vouchers } })
    // 32 days after it was submitted.
    expect({ outcome, rules }).to.deep.equal({ outcome: 'COMMITTED', rules: ['R29'] })
    const { chain } = settled['approval'] as { chain: Record<string, unknown> }
    expect(chain).to.include({ head, vouchers, vouchersFen: '782000000', cancelledFen: '0' })
    expect(await wholeChain(vouchers)).to.deep.equal({ head, sum: 782_000_000n })
    refused(await approve(byLetter), 'STATUS_CONFLICT')
    for (const namespace of ['charter', 'payment']) {
      expect(await record(namespace, `settlement:${CONTRACT}`), namespace).to.deep.equal(settled)
    }
  })

  /** The vouchers 1 to n, each chained to the one before it. */
  async function wholeChain(vouchers: number): Promise<{ head: string; sum: bigint }> {
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    let [head, sum] = [digest(voucherChainStart(life.county.network.id, CONTRACT)), 0n]
    for (let number = 1; number <= vouchers; number++) {
      const voucher = await record<Voucher>('payment', `voucher:${CONTRACT}-V${String(number).padStart(3, '0')}`)
      expect(voucher.previous).to.equal(head)
      head = digest(voucherPreimage(voucher))
      sum += BigInt(voucher.amountFen)
    }
    return { head, sum }
  }

  it('what a settlement summed up stays: no measure, no change, no progress, no reversal', async () => {
    refused(
      await send('A-OWN-LEAD', 'ApproveChangeOrder', { contractNo: CONTRACT, changeNo: 'CO-3' }),
      'STATUS_CONFLICT',
    )
    refused(await sendStep(128, { periodNo: 5, periodStart: '2024-05-25', periodEnd: '2024-06-02' }), 'STATUS_CONFLICT')
    refused(
      await send('A-FIN-PAY', 'ReverseApplication', { applicationNo: 'A-APP-009', reason: '有误' }),
      'STATUS_CONFLICT',
    )
    const held = await sendStep(136, { applicationNo: 'A-APP-X1' })
    expect(held.outcome).to.equal('HELD')
    expect(held.rules).to.include('R02')
  })

  it('a letter that a settlement counts on stays until the liability period ends, unless another takes its place (R32)', async () => {
    refused(await giveBack('BH-1'), 'RULES_BROKEN', 'R32')
    committed(await letter('BH-2', 'QUALITY', '23100000'))
    committed(await giveBack('BH-1'))
    refused(await giveBack('BH-2'), 'RULES_BROKEN', 'R32')
  })

  it('before both have signed, the contractor may submit another, and the contract is open again', async () => {
    refused(await sendStep(154, { confirmedOn: life.day }), 'ARGUMENT_MALFORMED')
    committed(await sendStep(154))
    refused(await sendStep(154), 'RECORD_EXISTS')
    const again = { settlementNo: 'A-JS-002', document: document('SETTLEMENT_REPORT', 'A-JS-002') }
    committed(await sendStep(150, { ...again, supersedes: 'A-JS-001' }))
    const { status } = await record<{ status: string }>('payment', `contract:${CONTRACT}`)
    expect(status).to.equal('ACCEPTED')
    refused(await sendStep(154), 'RECORD_NOT_FOUND')
    committed(await sendStep(151, { settlementNo: 'A-JS-002', approvedFen: approval.approvedFen }))
    // Nothing counts on the letter any more; this time it is cash.
    committed(await giveBack('BH-2'))
    refused(await approve({ settlementNo: 'A-JS-002' }), 'COMMITTED', 'R29')
  })

  it('contractor and owner sign, each for itself; then it is final', async () => {
    const second = { settlementNo: 'A-JS-002' }
    refused(await sendStep(155, second, 'A-FIN-REVIEW'), 'ROLE_NOT_ALLOWED')
    refused(await sendStep(155, second, 'A-AUD-WIT'), 'ROLE_NOT_ALLOWED')
    refused(await sendStep(155, { ...second, confirmedOn: '2024-07-31' }), 'STATUS_CONFLICT')
    refused(await sendStep(155, { ...second, confirmedOn: '2024-08-02' }), 'STATUS_CONFLICT')
    committed(await sendStep(154, second))
    const { record: signed } = await sendStep(155, { ...second, confirmedOn: '2024-08-01' })
    expect(signed).to.include({ status: 'SIGNED', confirmedOn: '2024-08-01', returnBy: '2024-08-31' })
    const third = { settlementNo: 'A-JS-003', supersedes: 'A-JS-002' }
    refused(await sendStep(150, { ...third, document: document('SETTLEMENT_REPORT', 'A-JS-003') }), 'STATUS_CONFLICT')
    expect(await gates()).to.include({ SETTLEMENT: '2024-08-01' })
  })

  it('what was paid too much comes back in 30 days, or there is an alert (R02)', async () => {
    life.until('2024-08-31')
    committed(await tick('R02'))
    life.until('2024-09-01')
    refused(await tick('R02'), 'COMMITTED', 'R02')
    committed(
      await send('A-BNK-SVC', 'RecordRefund', {
        ...{ voucherNo: `${CONTRACT}-V005`, amountFen: '35100000', refundedOn: '2024-09-01' },
        document: document('BANK_RECEIPT', 'TK-1'),
      }),
    )
    life.until('2024-09-02')
    committed(await tick('R02'))
  })

  it('a quality guarantee beside retention in cash is refused (R06)', async () => {
    refused(await letter('BH-3', 'QUALITY', '1'), 'RULES_BROKEN', 'R06')
  })

  it('defects are cleared by owner and supervision, and one that is found later takes their word away (R32)', async () => {
    const clear = (actor: string, openDefects = 0) =>
      send(actor, 'SignDefectsClear', { contractNo: CONTRACT, openDefects })
    const defect = (defectNo: string) => ({
      contractNo: CONTRACT,
      defectNo,
      description: '路面裂缝',
      foundOn: life.day,
    })
    committed(await clear('A-SUP-CHIEF'))
    refused(await clear('A-SUP-CHIEF'), 'RECORD_EXISTS')
    refused(await clear('A-CTR-PM'), 'ROLE_NOT_ALLOWED')
    refused(await clear('A-AUD-WIT'), 'ROLE_NOT_ALLOWED')
    refused(await send('A-CTR-PM', 'RecordDefect', defect('D-1')), 'ROLE_NOT_ALLOWED')
    committed(await send('A-OWN-LEAD', 'RecordDefect', defect('D-1')))
    refused(await send('A-OWN-LEAD', 'RecordDefect', defect('D-1')), 'RECORD_EXISTS')
    refused(await clear('A-SUP-CHIEF'), 'RULES_BROKEN', 'R32')
    refused(await clear('A-SUP-CHIEF', 1), 'RULES_BROKEN', 'R32')
    const repaired = { contractNo: CONTRACT, defectNo: 'D-1' }
    refused(await send('A-CTR-PM', 'ClearDefect', repaired), 'ROLE_NOT_ALLOWED')
    committed(await send('A-SUP-CHIEF', 'ClearDefect', repaired))
    refused(await send('A-SUP-CHIEF', 'ClearDefect', repaired), 'RECORD_EXISTS')
    refused(await clear('A-OWN-LEAD'), 'RULES_BROKEN', 'R32')
    expect((await send('A-OWN-LEAD', 'ClearDefect', repaired)).record).to.include({ status: 'CLEARED' })
    for (const actor of ['A-SUP-CHIEF', 'A-OWN-LEAD']) committed(await clear(actor))
  })

  it('retention is held until the liability period ends, and no longer (R02, R32)', async () => {
    life.until('2026-06-11')
    committed(await sendStep(172, { amountFen: '23100000' }))
    const invoice = { grossFen: '23100000', netFen: '21192661', taxFen: '1907339' }
    committed(await sendStep(179, { ...invoice, document: document('INVOICE', '26332000000000000007') }))
    committed(await sendStep(180, { checkedGrossFen: '23100000' }))
    const application = (applicationNo: string, fen: string, supersedes?: string) => {
      const [line] = stepOf(181).input['lines'] as unknown as Fields[]
      const amounts = { grossFen: fen, netFen: fen, lines: [{ ...line, amountFen: fen }] }
      return sendStep(181, { applicationNo, ...amounts, ...(supersedes === undefined ? {} : { supersedes }) })
    }
    refused(await application('A-APP-X2', '23100000'), 'HELD', 'R32')
    refused(await application('A-APP-X3', '23100001'), 'HELD', 'R02', 'R08', 'R32', 'R45')
    life.until('2026-06-12')
    committed(await sendStep(182, { checkedGrossFen: '23100000' }))
    committed(await tick('R32'))
    life.until('2026-06-13')
    committed(await sendStep(182, { checkedGrossFen: '23100000' }))
    const late = { contractNo: CONTRACT, defectNo: 'D-2' }
    committed(await send('A-OWN-LEAD', 'RecordDefect', { ...late, description: '井盖松动', foundOn: life.day }))
    // Held with reason.
    committed(await tick('R32'))
    refused(await application('A-APP-X6', '23100000'), 'HELD', 'R32')
    for (const actor of ['A-SUP-CHIEF', 'A-OWN-LEAD']) committed(await send(actor, 'ClearDefect', late))
    for (const actor of ['A-SUP-CHIEF', 'A-OWN-LEAD']) {
      committed(await send(actor, 'SignDefectsClear', { contractNo: CONTRACT, openDefects: 0 }))
    }
    refused(await tick('R32'), 'COMMITTED', 'R32')
    refused(await application('A-APP-X4', '23100000', 'A-APP-X2'), 'PAYABLE')
    refused(await application('A-APP-X5', '1'), 'HELD', 'R02', 'R08', 'R45')
    life.until('2026-06-14')
    committed(await tick('R32'))
  })
}

for (const { name: network, start, skipped } of await networks()) {
  describe(`settling otherwise: ${network}`, function () {
    if (skipped !== undefined) {
      it(`skipped: ${skipped}`)
      return
    }
    this.timeout(600_000)
    settling(start)
  })
}
