import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { verifyLedger } from './ledger/index.js'
import { startTestNetwork } from './network.js'
import type { ChaincodeOptions } from './options.js'

const HELP = `An embedded network that speaks Hyperledger Fabric's protocols: for laptops, tests and pilots.

  caizheng-test-network start [--data DIR] [--chaincode NAME=FILE]... [--ca] [--tls] [--fixed-ports]
      Starts a network and keeps it up until Ctrl-C. Without --data everything is gone at the end.
      --ca runs a certificate authority for each organisation too; DIR/ca/DOMAIN/registrars.json is what to enroll with.
      NAME=FILE runs a CommonJS module of contracts; NAME=HOST:PORT,PACKAGE_ID dials a chaincode service.
  caizheng-test-network verify DIR
      Reads a whole ledger: checksums, hashes, indexes, and the state made again from the blocks.
`

/** Runs the command; resolves with the exit code. */
export async function run(args: string[], print: (line: string) => void): Promise<number> {
  const [verb, ...rest] = args
  try {
    if (verb === 'start') return await start(rest, print)
    if (verb === 'verify') return await verify(rest, print)
  } catch (error) {
    print(error instanceof Error ? error.message : String(error))
    return 1
  }
  print(HELP)
  return verb === '--help' || verb === 'help' ? 0 : 2
}

async function start(args: string[], print: (line: string) => void): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      chaincode: { type: 'string', multiple: true },
      ca: { type: 'boolean' },
      tls: { type: 'boolean' },
      'fixed-ports': { type: 'boolean' },
    },
  })
  const network = await startTestNetwork({
    ...(values.data !== undefined && { directory: values.data }),
    chaincodes: (values.chaincode ?? []).map(chaincodeOption),
    ca: values.ca ?? false,
    tls: values.tls ?? false,
    fixedPorts: values['fixed-ports'] ?? false,
    onProgress: print,
  })
  for (const [mspId, address] of network.peers) print(`${mspId} ${address}`)
  for (const [mspId, url] of network.cas) print(`${mspId} CA ${url}`)
  print('Press Ctrl-C to stop.')
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await network.stop()
  return 0
}

async function verify(args: string[], print: (line: string) => void): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [directory] = positionals
  if (directory === undefined) throw new Error('Name the folder: caizheng-test-network verify DIR')
  let told = Date.now()
  const report = await verifyLedger(join(directory, 'ledger'), ({ phase, done, total }) => {
    if (Date.now() - told < 1000) return
    told = Date.now()
    print(`${phase}: ${String(done)}${total === undefined ? '' : ` of ${String(total)}`}`)
  })
  print(
    `Channel ${report.channel}: ${String(report.height)} blocks, ${String(report.transactions)} transactions ` +
      `(${String(report.validTransactions)} valid), ${String(report.records)} records. Nothing wrong.`,
  )
  return 0
}

function chaincodeOption(text: string): ChaincodeOptions {
  const at = text.indexOf('=')
  const [name, program] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || program === '') throw new Error(`--chaincode wants NAME=FILE or NAME=HOST:PORT,PACKAGE_ID, not ${text}`)
  const service = /^([^,]+:\d+),(.+)$/.exec(program)
  if (service?.[1] && service[2]) return { name, program: { service: service[1], packageId: service[2] } }
  return { name, program: { module: program } }
}
