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
  /** Tells the contracts on a handler's stream whose peer they run for. */
  setMspId: (handler: object, mspId: string) => void
}

let shim: Shim | undefined

/**
 * Loads the unmodified fabric-shim. It is made to own a process: on loading it takes over unhandled rejections
 * and uncaught exceptions, which would then no longer end this one. Those listeners are taken off again.
 */
export function loadShim(): Shim {
  if (shim) return shim
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
  if (process.env.CORE_CHAINCODE_LOGGING_LEVEL === undefined) silence(require)
  shim = { ChaincodeMessageHandler, ChaincodeFromContract, JSONSerializer, setMspId: mspIdOfHandlers(require) }
  return shim
}

/**
 * The shim reads the peer's organisation from the environment of its process. Here the chaincodes of all organisations
 * share one, so that it is looked up by the stream first.
 */
function mspIdOfHandlers(require: NodeJS.Require): Shim['setMspId'] {
  const { ChaincodeStub } = require('fabric-shim') as { ChaincodeStub: { prototype: Stub } }
  const { prototype } = ChaincodeStub
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on the stub below
  const fromEnvironment = prototype.getMspID
  const known = new WeakMap<object, string>()
  prototype.getMspID = function (this: Stub) {
    return known.get(this.handler) ?? fromEnvironment.call(this)
  }
  return (handler, mspId) => {
    known.set(handler, mspId)
  }
}

interface Stub {
  handler: object
  getMspID(): string
}

/** The loggers of the path that every transaction takes. */
const SHIM_LOGGERS = [
  'contracts-spi/chaincodefromcontract.js',
  'contracts-spi/datamarshall.js',
  'lib/chaincode.js',
  'lib/handler.js',
  'lib/iterators.js',
  'lib/stub.js',
]
const CONTRACT_LOGGERS = [
  './lib/annotations/default.js',
  './lib/annotations/info.js',
  './lib/annotations/object.js',
  './lib/annotations/transaction.js',
  './lib/contract.js',
  './lib/jsontransactionserializer.js',
]

interface Loggers {
  getLogger(name: string): { silent: boolean }
}

/**
 * Turns the shim's logging off unless the level is set as for a chaincode of its own process. It formats every message
 * whatever the level, a tenth of the time of a transaction; what went wrong reaches the caller in any case.
 */
function silence(require: NodeJS.Require): void {
  const shimLogger = require('fabric-shim/lib/logger.js') as Loggers
  const contractLogger = require('fabric-contract-api/lib/logger.js') as Loggers
  for (const name of SHIM_LOGGERS) shimLogger.getLogger(name).silent = true
  for (const name of CONTRACT_LOGGERS) contractLogger.getLogger(name).silent = true
}
