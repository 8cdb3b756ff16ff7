import type { ChaincodeMessage } from './messages.js'

/**
 * A two-way stream of chaincode messages, whether it runs over gRPC to a chaincode service or in memory to a
 * module in this process. `write` is the peer speaking; the events are the chaincode speaking.
 */
export interface ChaincodeConnection {
  write(message: ChaincodeMessage): unknown
  end(): unknown
  on(event: 'data', listener: (message: ChaincodeMessage) => void): unknown
  on(event: 'end' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** Opens one organisation's connection to its copy of a chaincode. */
export interface ChaincodeProgram {
  /** `packageId` is what the chaincode registers as: `label:hash`. */
  connect(packageId: string): Promise<ChaincodeConnection>
  /** Ends what `connect` started, at the network's stop. */
  close(): Promise<void>
}
