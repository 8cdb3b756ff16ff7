import type { Alert, Application } from '@caizheng/records'
import { expect } from 'chai'
import { stateOf } from './ledger.js'
import { Life, type Sent } from './life.js'

describe('a due day', function () {
  this.timeout(60_000)
  let life: Life

  before(async () => {
    // The second progress payment is approved, and nothing of it paid.
    life = await Life.upTo(100)
  })
  after(() => life?.stop())

  const record = async <T>(key: string): Promise<T> =>
    (await stateOf(life.county.administrator, 'payment')).get(key) as T
  const refused = ({ outcome, rules }: Sent, code: string) => {
    expect({ outcome, rules }).to.deep.equal({ outcome: code, rules: [] })
  }

  it('a small firm’s payment past its due day is an alert with the late interest, once a day, whoever asks (R21)', async () => {
    const { applicationNo, dueOn, netFen, projectCode } = await record<Application>('application:A-APP-004')
    const tick = (tickDate: string, project = projectCode) => ({
      ...{ projectCode: project, applicationNo, tick: 'tickDeadlines', tickDate, rules: ['R21'] },
    })
    refused(await life.send('A-BNK-SVC', 'RunTick', tick(life.day)), 'COMMITTED')
    while (life.day < '2025-07-01') life.wait(30)
    const today = life.day
    const rightNow = tick(today)
    refused(await life.send('A-BNK-SVC', 'RunTick', tick(today, '2211-331003-05-01-000004')), 'BACKFILL_NOT_OPEN')
    const { rules } = await life.send('A-CTR-PM', 'RunTick', rightNow)
    expect(rules).to.deep.equal(['R21'])
    const alert = await record<Alert>(`alert:R21:${applicationNo}:${today}`)
    const days = BigInt((Date.parse(today) - Date.parse(dueOn as string)) / 86_400_000)
    const interest = (BigInt(netFen) * 5n * days + 5_000n) / 10_000n
    expect(alert.verdict.actual).to.equal(`${netFen} unpaid for ${days} days, late interest ${interest}`)
    refused(await life.send('A-FIN-QUOTA', 'RunTick', rightNow), 'COMMITTED')
    const listed: string[] = []
    for await (const { id, exception } of life.county.administrator.exceptions(projectCode)) {
      if (exception.subject !== `alert:R21:${applicationNo}:${today}`) continue
      listed.push(exception.type)
      const { replayed, rules: said } = await life.county.administrator.explainException(id)
      expect(replayed).to.equal(true)
      expect(said[0]?.conditions[0]?.actualText.zh).to.match(/^未付 [\d,.]+ 元，逾期 \d+ 天，利息 [\d,.]+ 元$/)
    }
    expect(listed).to.deep.equal(['ALERT'])
  })
})
