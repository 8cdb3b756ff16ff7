import type { Client } from '@caizheng/client-sdk'
import { verifyRecords, type Trust } from '@caizheng/evidence'
import { canonicalBytes, vouchers, voucherNumber, type Application, type RecordQuestion } from '@caizheng/records'
import { expect } from 'chai'
import { stateOf } from './ledger.js'

const PROJECT = '2303-331003-04-01-000001'
const CONTRACT = 'A-WK-01'

/** Every question of `client.audit`, against the state that the blocks make. */
export async function askAll(client: Client): Promise<void> {
  const { audit } = client
  const state = await stateOf(client, 'payment')
  const keysOf = (kind: string, fits: (record: Readonly<Record<string, unknown>>) => boolean) =>
    [...state].flatMap(([key, record]) => (key.startsWith(`${kind}:`) && fits(record as never) ? [key] : [])).sort()
  const asked = async (question: RecordQuestion) => {
    const keys: string[] = []
    for await (const { key, record } of audit.all('payment', question)) {
      if (question.asOf === undefined) expect(record, key).to.deep.equal(state.get(key))
      keys.push(key)
    }
    return keys.sort()
  }

  const ofProject = keysOf('application', ({ projectCode }) => projectCode === PROJECT)
  expect(ofProject).to.have.length.greaterThan(5)
  expect(await asked({ record: 'application', project: PROJECT })).to.deep.equal(ofProject)
  const held = keysOf('application', ({ contractNo, status }) => contractNo === CONTRACT && status === 'HELD')
  expect(await asked({ record: 'application', contract: CONTRACT, status: 'HELD' })).to.deep.equal(held)
  const { sellerUscc } = [...state].find(([key]) => key.startsWith('invoice:'))?.[1] as { sellerUscc: string }
  const sold = keysOf('invoice', (invoice) => JSON.stringify(invoice).includes(sellerUscc))
  expect(await asked({ record: 'invoice', party: sellerUscc })).to.deep.equal(sold)

  const of = (key: string) => state.get(key) as Application & { time: string }
  const times = ofProject.map((key) => of(key).time).sort()
  const asOf = times[Math.floor(times.length / 2)] as string
  const then = await asked({ record: 'application', project: PROJECT, asOf })
  expect(then.length).to.be.within(1, ofProject.length - 1)
  expect(then).to.include.members(ofProject.filter((key) => of(key).time <= asOf))
  expect(await asked({ record: 'application', project: PROJECT, asOf: '2020-01-01T00:00:00.000Z' })).to.deep.equal([])

  const key = vouchers.key(voucherNumber(CONTRACT, 1))
  const { states, more } = await audit.history('payment', key)
  expect(more).to.equal(false)
  expect(states[0]?.record).to.deep.equal(state.get(key))
  expect(states.map((one) => one.function)).to.deep.equal([
    'PaymentContract:RecordBankReceipt',
    'PaymentContract:ApproveApplication',
  ])
  expect(states[1]?.creator.msp).to.equal('FinanceMSP')
  expect(states[1]?.verdicts).to.not.deep.equal([])

  const flow = await audit.fundFlow(CONTRACT)
  expect(flow.map(({ voucher }) => voucher.number)).to.deep.equal(flow.map((_, i) => i + 1))
  for (const { quota, application, voucher } of flow) {
    expect(quota).to.deep.equal(state.get(`quota:${voucher.budgetQuotaNo}`))
    expect(application.contractNo).to.equal(CONTRACT)
  }
  const alerts = await audit.alerts(PROJECT)
  expect(alerts).to.have.length(keysOf('alert', ({ projectCode }) => projectCode === PROJECT).length)
}

/** An answer proves its rows; one that is changed, or asked of the other chaincode, proves nothing. */
export async function proveRows({ audit }: Client, trust: Trust): Promise<void> {
  const { rows } = await audit.page('payment', { record: 'application', project: PROJECT })
  const keys = [...rows.map(({ key }) => key), 'application:NONE']
  const proofs = await audit.prove('payment', keys)
  const proven = proofs.flatMap((proof) => {
    const report = verifyRecords(proof, trust)
    expect(report.outcome, report.statement.en).to.equal('VALID')
    return report.proven?.records ?? []
  })
  expect(proven.map(({ key, record }) => ({ key, record }))).to.deep.equal([
    ...rows,
    { key: 'application:NONE', record: undefined },
  ])
  expect(proven.map(({ place }) => place === undefined)).to.deep.equal(keys.map((key) => key.endsWith('NONE')))
  const [proof] = proofs as readonly [Uint8Array]
  const file = JSON.parse(Buffer.from(proof).toString()) as { receipt: { responsePayload: string } }
  const changed = Buffer.from(file.receipt.responsePayload, 'base64')
  const at = changed.indexOf('"status":"') + '"status":"'.length
  changed[at] = (changed[at] as number) ^ 1
  const receipt = { ...file.receipt, responsePayload: changed.toString('base64') }
  const report = verifyRecords(canonicalBytes({ ...file, receipt }), trust)
  expect(report.steps.find(({ outcome: is }) => is === 'failed')?.fault).to.equal('ENDORSER_SIGNATURE')
  const [other] = (await audit.prove('charter', [`contract:${CONTRACT}`])) as [Uint8Array]
  expect(verifyRecords(other, trust).proven?.records[0]).to.include({
    chaincode: 'charter',
    key: `contract:${CONTRACT}`,
  })
}
