/**
 * Why a block gives no channel configuration:
 * - `NOT_A_CONFIG_BLOCK`: it carries something else. Take the block that `lastConfigIndex` names.
 * - `INVALID_CONFIG`: a part that every channel has is absent or contradicts another. Refuse the block.
 *
 * And why an update of one is refused:
 * - `STALE_UPDATE`: it was made for another state of the configuration. Fetch the newest and make it again.
 * - `UNAUTHORIZED_UPDATE`: a policy in force is not satisfied. The message names the element; collect more signatures.
 * - `INVALID_UPDATE`: it is malformed, changes nothing, or what comes out would be no channel. Make another.
 */
export type ConfigErrorCode =
  'NOT_A_CONFIG_BLOCK' | 'INVALID_CONFIG' | 'STALE_UPDATE' | 'UNAUTHORIZED_UPDATE' | 'INVALID_UPDATE'

/** A block that does not configure a channel, or an update that does not change its configuration. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'

  constructor(
    readonly code: ConfigErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
