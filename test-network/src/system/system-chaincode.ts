import type { Infer, Response } from '@caizheng/fabric-wire'
import type { Channel } from '../channel/index.js'
import type { OpenedProposal } from '../endorser/index.js'
import type { Simulator } from '../simulator/index.js'

export interface SystemCall {
  channel: Channel
  proposal: OpenedProposal
  /** Absent where the proposal names no channel. */
  simulator?: Simulator
}

/** A chaincode that is part of every peer. */
export interface SystemChaincode {
  /** True where it reads blocks and not state: its results then carry no read-write set, as a peer's do not. */
  readonly readsLedgerOnly: boolean
  invoke(call: SystemCall): Promise<Infer<typeof Response>>
}

export function success(payload: Uint8Array): Infer<typeof Response> {
  return { status: 200, message: '', payload }
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export function failure(message: string): Infer<typeof Response> {
  return { status: 500, message, payload: new Uint8Array() }
}
