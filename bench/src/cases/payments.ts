import process from 'node:process'
import type { Client } from '@caizheng/client-sdk'
import type { CanonicalValue } from '@caizheng/records'
import type { Case, Run } from '../case.js'
import { beside, type Measurement, type Skipped } from '../measurement.js'
import type { Kind } from '../network/running-network.js'
import { copiesOf, type Copy } from '../payments/copies.js'
import { runCounty } from '../payments/running-county.js'
import { rateOf } from '../timing.js'
import { withoutFabric } from './fabric.js'

const applications = 1500
const warmUp = 300
const inFlight = 256
/** Records in one transaction that puts them in. */
const together = 500

const goals: Readonly<Record<Kind, number>> = { embedded: 0.5, fabric: 0.65 }
const what = (kind: Kind): string =>
  `payment applications, ${inFlight} in flight, ${kind === 'fabric' ? 'real Fabric' : kind}`

export const payments: Case = {
  name: 'payments',
  about: 'payment applications a second, on contracts of their own, beside one get and one put; on real Fabric too',
  async measure(run) {
    const measured: (Measurement | Skipped)[] = [await rateOn('embedded', run)]
    if (process.env.FABRIC_BIN) measured.push(await rateOn('fabric', run))
    else measured.push({ what: what('fabric'), skipped: withoutFabric })
    return measured
  },
}

async function rateOn(kind: Kind, { folder, say }: Run): Promise<Measurement> {
  say(`${kind}: a county, and a road up to its first progress payment`)
  const county = await runCounty(folder, kind)
  try {
    const { client } = county
    const copies = copiesOf(county, warmUp + applications)
    say(`${kind}: ${copies.length} contracts like it`)
    await seed(client, copies)
    // Nothing is tried again: payments that share neither contract nor quota must not conflict.
    const apply = async (index: number): Promise<void> => {
      const { status } = await client.transact('SubmitApplication', copies[index]?.request as CanonicalValue, {
        attempts: 1,
      })
      if (status !== 'PAYABLE') throw new Error(`application ${index} is ${status}`)
    }
    const touch = (index: number) =>
      client.submit({ chaincode: 'payment', function: 'Bench:Touch', arguments: [`touched:${index}`] }, { attempts: 1 })
    say(`${kind}: applications, and one get and one put before and after them`)
    await rateOf(inFlight, warmUp, apply)
    await rateOf(inFlight, warmUp, touch)
    const before = await rateOf(inFlight, applications, (index) => touch(warmUp + index))
    const value = await rateOf(inFlight, applications, (index) => apply(warmUp + index))
    const after = await rateOf(inFlight, applications, (index) => touch(warmUp + applications + index))
    const peer = {
      what: 'one get and one put, under the same policy',
      value: (before + after) / 2,
      unit: 'tx/s',
    } as const
    return { what: what(kind), value, unit: 'tx/s', goal: { ratioAtLeast: goals[kind] }, beside: beside(value, peer) }
  } finally {
    await county.stop()
  }
}

async function seed(client: Client, copies: readonly Copy[]): Promise<void> {
  const rows = copies.flatMap((copy) => copy.rows)
  for (let from = 0; from < rows.length; from += together) {
    const records = JSON.stringify(rows.slice(from, from + together))
    await client.submit({ chaincode: 'payment', function: 'Bench:Seed', arguments: [records] })
  }
}
