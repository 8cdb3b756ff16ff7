import { createRequire } from 'node:module'
import type { ChaincodeConnection } from './connection.js'
import type { ChaincodeMessage } from './messages.js'

/** The parts of fabric-shim and fabric-contract-api that start a contract on a given stream. */
interface Shim {
  ChaincodeMessageHandler: new (
    stream: ChaincodeConnection,
    chaincode: object,
  ) => { chat(register: ChaincodeMessage): void }
  ChaincodeFromContract: new (
    contracts: unknown[],
    serializers: object,
    metadata: object,
    title: string,
    version: string,
  ) => object
  JSONSerializer: unknown
}

let shim: Shim | undefined

/**
 * Loads the unmodified fabric-shim. It is made to own a process: on loading it takes over unhandled rejections
 * and uncaught exceptions, which would then no longer end this one. Those listeners are taken off again.
 */
export function loadShim(): Shim {
  if (shim) return shim
  process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'error'
  const require = createRequire(import.meta.url)
  const events = ['unhandledRejection', 'uncaughtException'] as const
  const before = events.map((event) => process.listeners(event as 'uncaughtException'))
  const { ChaincodeMessageHandler } = require('fabric-shim/lib/handler.js') as Pick<Shim, 'ChaincodeMessageHandler'>
  const ChaincodeFromContract =
    require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as Shim['ChaincodeFromContract']
  const { JSONSerializer } = require('fabric-contract-api') as Pick<Shim, 'JSONSerializer'>
  events.forEach((event, index) => {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[index]?.includes(listener)) process.removeListener(event, listener)
    }
  })
  shim = { ChaincodeMessageHandler, ChaincodeFromContract, JSONSerializer }
  return shim
}
