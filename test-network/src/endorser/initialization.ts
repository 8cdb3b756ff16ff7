import type { ChaincodeRuntime } from '../chaincode/index.js'
import type { Simulator } from '../simulator/index.js'

/** A chaincode as its organisation has agreed to run it. */
export interface Runnable {
  readonly version: string
  readonly initRequired: boolean
  readonly runtime: ChaincodeRuntime
}

/** Where a chaincode's own state says for which version it was initialized. */
const INITIALIZED = '\u0000\u{10ffff}initialized'

/**
 * Sees to it that a chaincode that must be initialized is, exactly once for each version, before anything else.
 * @throws Error in a peer's words
 */
export async function checkInitialization(
  chaincode: string,
  { version, initRequired }: Runnable,
  isInit: boolean,
  simulator: Simulator,
): Promise<void> {
  if (!initRequired) {
    if (!isInit) return
    throw new Error(`chaincode '${chaincode}' does not require initialization but called as init`)
  }
  const initialized = await simulator.get(chaincode, INITIALIZED)
  const isInitialized = Buffer.from(initialized ?? []).toString() === version
  if (isInit && isInitialized) throw new Error(`chaincode '${chaincode}' is already initialized but called as init`)
  if (isInit) await simulator.put(chaincode, INITIALIZED, Buffer.from(version))
  else if (!isInitialized) {
    throw new Error(`chaincode '${chaincode}' has not been initialized for this version, must call as init first`)
  }
}
