import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { audit, fileSource, type AuditReport } from '@caizheng/audit'
import { encodeTrust, openTrust, trustFrom } from '@caizheng/evidence'
import { channelConfigOf } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import { readPilot } from '../src/index.js'
import { startCounty, type County } from './county.js'
import { firstHalf, playAll } from './expectation.js'
import { blocksOf } from './ledger.js'

describe('audit of a pilot', function () {
  this.timeout(120_000)
  it('finds nothing wrong', async () => {
    const county = await startCounty()
    const pilot = await readPilot('A-municipal-road')
    await county.openBackfills(pilot)
    await playAll(county, pilot, firstHalf(pilot))
    const blocks = await blocksOf(county.administrator, county.network.channel)
    const folder = process.env['AUDIT_OUT'] ?? (await mkdtemp(path.join(tmpdir(), 'audit-')))
    for (const [i, b] of blocks.entries()) await writeFile(path.join(folder, `${i}.block`), b)
    const { definition, genesis } = county.network.consortium
    const trust = encodeTrust(trustFrom(channelConfigOf(genesis), {
      network: county.network.id,
      organizations: definition.organizations.filter(({ peer }) => peer !== undefined),
      chaincodes: [{ name: 'evidence', version: '1', sequence: 1, committed: { block: 1, transaction: 0 } }],
      validity: { from: new Date('2020-01-01'), until: new Date('2040-01-01') },
    }))
    await writeFile(path.join(folder, 'trust.json'), trust)
    await county.stop()
    const report = await audit({ trust: openTrust(trust), source: fileSource(folder) })
    console.log(JSON.stringify({ ...report, doubts: undefined, delays: report.delays.summary }, null, 1))
    for (const d of report.doubts.filter((d) => d.grade !== 'NOTICE').slice(0, 30)) console.log(d.code, d.block, d.key, d.text.en)
    const by: Record<string, number> = {}
    for (const d of report.doubts) by[d.code] = (by[d.code] ?? 0) + 1
    console.log(by)
    expect(report.outcome).to.equal('SOUND')
  })
})
