import { writeSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LedgerError, openLedger, verifyLedger, type Ledger } from '../../src/ledger/index.js'
import { CHANNEL, commit, genesis, put } from './support.js'

// Commits blocks in the folder named until the disk takes no more, and says what it met, in one line of JSON. With
// `again` it then makes room and goes on, for a disk that no other process sees.
const [folder = '', again] = process.argv.slice(2)
const directory = join(folder, 'ledger')
const ballast = join(folder, 'ballast')

async function commitNext(ledger: Ledger): Promise<void> {
  const at = ledger.height
  await commit(ledger, [{ txId: `tx${at}`, writes: [put(`key${at}`, `${at} `.repeat(500 + (at % 1000)))] }])
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof LedgerError ? error.code : String(error)),
  )

const open = (): Promise<Ledger> => openLedger(directory, { channel: CHANNEL, genesis })

if (again !== undefined) await writeFile(ballast, Buffer.alloc(256 * 1024))
const ledger = await open()
let refused = 'none'
while (refused === 'none') refused = await codeOf(commitNext(ledger))
const acknowledged = ledger.height
const after = await codeOf(commitNext(ledger))
const readable = (await ledger.transaction(`tx${acknowledged - 1}`))?.block
await codeOf(ledger.close())
const met = { acknowledged, refused, after, readable }
if (again === undefined) writeSync(1, JSON.stringify(met))
else {
  const full = await codeOf(open().then((reopened) => reopened.close()))
  await rm(ballast)
  const roomy = await open()
  const { height } = roomy
  await commitNext(roomy)
  await roomy.close()
  writeSync(1, JSON.stringify({ ...met, full, height, verified: (await verifyLedger(directory)).height }))
}
