import { channelFunctions, NotDefined, peerFunctions, requireAccess, type Peer } from '../lifecycle/index.js'
import { failure, success, wordsOf, type SystemCall, type SystemChaincode } from './system-chaincode.js'

/** `_lifecycle` of one organisation's peer: packages are installed, definitions approved and committed. */
export function lifecycle(peer: Peer): SystemChaincode {
  return {
    readsLedgerOnly: false,
    async invoke(call) {
      const { args } = call.proposal
      const [name, argument] = args
      if (!name) return failure('lifecycle scc must be invoked with arguments')
      if (!argument || args.length !== 2) {
        return failure(`lifecycle scc operations require exactly two arguments but received ${String(args.length)}`)
      }
      const requested = Buffer.from(name).toString()
      try {
        requireAccess(requested, peer.mspId, peer.channel, call.proposal)
      } catch (error) {
        return failure(`Failed to authorize invocation due to failed ACL check: ${wordsOf(error)}`)
      }
      try {
        return success(await run(peer, requested, argument, call))
      } catch (error) {
        if (error instanceof NotDefined) return { ...failure(error.message), status: 404 }
        return failure(`failed to invoke backing implementation of '${requested}': ${wordsOf(error)}`)
      }
    },
  }
}

function run(peer: Peer, requested: string, argument: Uint8Array, { simulator }: SystemCall): Promise<Uint8Array> {
  const local = peerFunctions.get(requested)
  if (local) return local(peer, argument)
  const shared = channelFunctions.get(requested)
  if (!shared || !simulator) throw new Error(`no channel was named, and ${requested} is about one`)
  return shared(peer, argument, simulator)
}
