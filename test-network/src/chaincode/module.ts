import { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { peer } from '@hyperledger/fabric-protos'
import type { ChaincodeConnection, ChaincodeProgram } from './connection.js'
import { chaincodeMessage, MessageType, type ChaincodeMessage } from './messages.js'
import { loadShim } from './shim.js'

/** What a chaincode module exports for fabric-chaincode-node, and so for us. */
interface ContractModule {
  contracts?: unknown[]
  serializers?: { transaction: string; serializers: Record<string, unknown> }
}

/**
 * A chaincode that runs inside this process: `file` is a CommonJS module that exports `contracts`. Each
 * organisation's connection loads a fresh instance of it, so that no variable of the module is shared between
 * organisations and a contract that keeps state in memory is found out by their differing results.
 *
 * @param mspId whose peer it runs for, as `stub.getMspID()` tells the contract
 * @throws Error from `connect` when the module can't be loaded or exports no contracts
 */
export function chaincodeModule(file: string, mspId: string): ChaincodeProgram {
  const path = resolve(file)
  return {
    connect: (packageId) => start(path, packageId, mspId),
    close: () => Promise.resolve(),
  }
}

async function start(path: string, packageId: string, mspId: string): Promise<ChaincodeConnection> {
  const { ChaincodeMessageHandler, ChaincodeFromContract, JSONSerializer, setMspId } = await loadShim()
  const { contracts, serializers } = freshInstance(path)
  if (!contracts?.length) {
    throw new Error(`${path} exports no contracts: export \`contracts\`, an array of contract classes`)
  }
  const chosen = {
    transaction: serializers?.transaction ?? 'jsonSerializer',
    serializers: { ...serializers?.serializers, jsonSerializer: JSONSerializer },
  }
  const chaincode = new ChaincodeFromContract([...contracts], chosen, {}, packageId, '')
  const [ours, theirs] = pipe()
  const id = new peer.ChaincodeID()
  id.setName(packageId)
  const register = chaincodeMessage(MessageType.REGISTER, undefined, id.serializeBinary())
  // In a later turn, when the peer listens at its end.
  setImmediate(() => {
    const handler = new ChaincodeMessageHandler(theirs, chaincode)
    setMspId(handler, mspId)
    handler.chat(register)
  })
  return ours
}

/** Loads the module again, and whatever it requires from its own folder; libraries stay shared. */
function freshInstance(path: string): ContractModule {
  const require = createRequire(path)
  const folder = dirname(path)
  for (const loaded of Object.keys(require.cache)) {
    if (loaded.startsWith(folder) && !loaded.includes('/node_modules/')) Reflect.deleteProperty(require.cache, loaded)
  }
  return require(path) as ContractModule
}

/** Two ends of a stream in memory. Messages arrive in order, in a later turn, as they would from a socket. */
function pipe(): [Pipe, Pipe] {
  const [left, right] = [new Pipe(), new Pipe()]
  left.other = right
  right.other = left
  return [left, right]
}

class Pipe extends EventEmitter implements ChaincodeConnection {
  other: Pipe | undefined

  write(message: ChaincodeMessage): boolean {
    process.nextTick(() => this.other?.emit('data', message))
    return true
  }

  end(): void {
    const other = this.other
    this.other = undefined
    if (other) process.nextTick(() => other.emit('end'))
  }
}
