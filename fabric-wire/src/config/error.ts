/**
 * Why a block gives no channel configuration:
 * - `NOT_A_CONFIG_BLOCK`: it carries something else. Take the block that `lastConfigIndex` names.
 * - `INVALID_CONFIG`: a part that every channel has is absent or contradicts another. Refuse the block.
 */
export type ConfigErrorCode = 'NOT_A_CONFIG_BLOCK' | 'INVALID_CONFIG'

/** A block that does not configure a channel. */
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
