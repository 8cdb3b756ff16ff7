import { writeSync } from 'node:fs'
import { openLedger } from '../../src/ledger/index.js'
import { CHANNEL, commit, del, genesis, put } from './support.js'

/** Commits blocks until it is killed, and prints each height once it has been acknowledged. */
const ledger = await openLedger(process.argv[2] as string, { channel: CHANNEL, genesis })
for (;;) {
  const at = ledger.height
  const transactions = Array.from({ length: 1 + (at % 4) }, (_, i) => ({
    txId: `tx${at}-${i}`,
    writes: [
      put(`key${(at + i) % 50}`, `${at} `.repeat(at % 300)),
      i === 1 ? del(`key${at % 7}`) : put(`own${at}`, 'v'),
    ],
  }))
  const { number } = await commit(ledger, transactions)
  writeSync(1, `${number + 1}\n`)
}
