import type * as ContractSpi from 'fabric-shim/lib/contract-spi/chaincodefromcontract.js'
import type * as Handler from 'fabric-shim/lib/handler.js'
import { rememberingCertificates } from './client-identities.js'

/** The parts of fabric-shim and fabric-contract-api that start a contract on a given stream. */
export interface Shim {
  ChaincodeMessageHandler: typeof Handler.ChaincodeMessageHandler
  ChaincodeFromContract: typeof ContractSpi.default
  JSONSerializer: unknown
  /** Tells the contracts on a handler's stream whose peer they run for. */
  setMspId: (handler: object, mspId: string) => void
}

let shim: Promise<Shim> | undefined

/** Loads the unmodified fabric-shim, at the first use: half a second of a start that runs no module needs it not. */
export function loadShim(): Promise<Shim> {
  shim ??= load()
  return shim
}

/**
 * The shim is made to own a process: on loading it takes over unhandled rejections and uncaught exceptions, which would
 * then no longer end this one. Those listeners are taken off again.
 */
async function load(): Promise<Shim> {
  const events = ['unhandledRejection', 'uncaughtException'] as const
  const before = events.map((event) => process.listeners(event as 'uncaughtException'))
  await rememberIdentities()
  const { ChaincodeMessageHandler } = await import('fabric-shim/lib/handler.js')
  const { default: ChaincodeFromContract } = await import('fabric-shim/lib/contract-spi/chaincodefromcontract.js')
  const { JSONSerializer } = await import('fabric-contract-api')
  events.forEach((event, index) => {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[index]?.includes(listener)) process.removeListener(event, listener)
    }
  })
  if (process.env.CORE_CHAINCODE_LOGGING_LEVEL === undefined) await silence()
  return { ChaincodeMessageHandler, ChaincodeFromContract, JSONSerializer, setMspId: await mspIdOfHandlers() }
}

/**
 * The shim reads the peer's organisation from the environment of its process. Here the chaincodes of all organisations
 * share one, so that it is looked up by the stream first.
 */
async function mspIdOfHandlers(): Promise<Shim['setMspId']> {
  const { ChaincodeStub } = await import('fabric-shim')
  const prototype = ChaincodeStub.prototype as unknown as Stub
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

/** Before the part of the shim is loaded that takes the class from here. */
async function rememberIdentities(): Promise<void> {
  const { default: shim } = await import('fabric-shim')
  const exported = shim as unknown as { ClientIdentity: Parameters<typeof rememberingCertificates>[0] }
  exported.ClientIdentity = rememberingCertificates(exported.ClientIdentity)
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

/**
 * Turns the shim's logging off unless the level is set as for a chaincode of its own process. It formats every message
 * whatever the level, a tenth of the time of a transaction; what went wrong reaches the caller in any case.
 */
async function silence(): Promise<void> {
  const { default: shimLogger } = await import('fabric-shim/lib/logger.js')
  const { default: contractLogger } = await import('fabric-contract-api/lib/logger.js')
  const loggers = [
    ...SHIM_LOGGERS.map((name) => shimLogger.getLogger(name)),
    ...CONTRACT_LOGGERS.map((name) => contractLogger.getLogger(name)),
  ]
  for (const logger of loggers) {
    // A silent logger still takes each message through its streams, so that its methods are replaced.
    logger.silent = true
    for (const level of Object.keys(logger.levels)) logger[level] = () => logger
  }
}
