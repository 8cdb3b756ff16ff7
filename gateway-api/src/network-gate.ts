import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Chain } from './chain.js'
import { GatewayError } from './gateway-error.js'
import type { Binding } from './store/binding.js'

/** Milliseconds before another try after an error that the SDK gave up on. */
const RETRY_WAIT = 2_000

/**
 * Waits until the network is reached and compares its block 0 with the one that the folder belongs to. Until then nothing
 * is submitted: a journal must not be emptied into another network.
 */
export class NetworkGate {
  private trouble: string | undefined = 'not reached yet'

  constructor(
    private readonly chain: Pick<Chain, 'follow'>,
    private readonly binding: Binding,
    private readonly logger: Logger,
  ) {}

  /** Why nothing is submitted; absent once the network is known to be the right one. */
  status(): { readonly trouble?: string } {
    return this.trouble === undefined ? {} : { trouble: this.trouble }
  }

  /**
   * Resolves to true once the network is confirmed, to false where `signal` ends the waiting.
   *
   * @throws {@link GatewayError} DIRECTORY_OF_ANOTHER
   */
  async pass(signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      try {
        if (await this.firstBlock(signal)) return true
      } catch (error) {
        this.note(error as Error)
        if (error instanceof GatewayError) throw error
        await sleep(RETRY_WAIT, undefined, { signal }).catch(() => undefined)
      }
    }
    return false
  }

  private async firstBlock(signal: AbortSignal): Promise<boolean> {
    for await (const block of this.chain.follow({ from: 0, signal, onReconnect: (reason) => this.note(reason) })) {
      this.binding.bindNetwork(block.hash)
      this.trouble = undefined
      return true
    }
    return false
  }

  private note(reason: Error): void {
    this.trouble = reason.message
    this.logger.warn({ reason: reason.message }, 'gateway: the network is not confirmed')
  }
}
