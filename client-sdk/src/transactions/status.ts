import { bytes, encode, message, SerializedIdentity, string } from '@caizheng/fabric-wire'
import type { Commit, Status } from '@hyperledger/fabric-gateway'
import type { Link } from '../connection/link.js'
import type { TransactionStatus } from './call.js'

// gateway.CommitStatusRequest and its signed form. The library builds them only for a transaction whose submit it saw
// succeed; asking about any other id needs the bytes.
const CommitStatusRequest = message('CommitStatusRequest', {
  transactionId: string(1),
  channelId: string(2),
  identity: bytes(3),
})
const SignedCommitStatusRequest = message('SignedCommitStatusRequest', { request: bytes(1), signature: bytes(2) })

/**
 * What became of a transaction id; waits for it to commit where it hasn't yet.
 *
 * @param milliseconds - longest wait.
 * @throws {CommitError} `TIMED_OUT` where it isn't on the chain by then, `NOT_REACHABLE`, …
 */
export async function transactionStatus(
  link: Link,
  transactionId: string,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<TransactionStatus> {
  const commit = newCommit(link, transactionId)
  const status = await link.call('commit', milliseconds, (options) => commit.getStatus(options), {
    signal,
    transactionId,
  })
  return toStatus(status)
}

function newCommit(link: Link, transactionId: string): Commit {
  const { mspId, credentials } = link.gateway.getIdentity()
  const identity = encode(SerializedIdentity, { mspid: mspId, idBytes: credentials })
  const request = encode(CommitStatusRequest, { transactionId, channelId: link.channel, identity })
  return link.gateway.newCommit(encode(SignedCommitStatusRequest, { request, signature: new Uint8Array() }))
}

function toStatus(status: Status): TransactionStatus {
  return {
    transactionId: status.transactionId,
    block: Number(status.blockNumber),
    code: status.code,
    valid: status.successful,
  }
}
