/**
 * Why a Fabric network doesn't run.
 *
 * - `BINARIES_MISSING`: set `FABRIC_BIN` to a folder with Fabric's `peer` and `orderer`.
 * - `DIRECTORY_UNUSABLE`: choose another folder, or use the one it says with the consortium it was made for.
 * - `NODE_FAILED`: a process ended or did not answer in time; the message names its log and shows the last lines.
 * - `CHANNEL_FAILED`: a node refused to join the channel, or the nodes did not find each other.
 * - `CHAINCODE_FAILED`: a chaincode could not be installed, approved or committed.
 */
export type FabricErrorCode =
  'BINARIES_MISSING' | 'DIRECTORY_UNUSABLE' | 'NODE_FAILED' | 'CHANNEL_FAILED' | 'CHAINCODE_FAILED'

/** A Fabric network that can't be started, or can't do what it was asked. */
export class FabricError extends Error {
  override readonly name = 'FabricError'

  constructor(
    readonly code: FabricErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
