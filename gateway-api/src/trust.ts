import { readFile } from 'node:fs/promises'
import { TimeStamper } from '@caizheng/client-sdk'
import { openTrust, type Trust } from '@caizheng/evidence'
import { GatewayError } from './gateway-error.js'

/** A trust file: its bytes as given out, and what they say. */
export interface TrustSource {
  readonly bytes: Uint8Array
  readonly trust: Trust
}

/**
 * Opens the trust file that the gateway verifies with and hands out.
 *
 * @param source - the file's path or its bytes
 * @throws {@link GatewayError} TRUST_UNUSABLE
 */
export async function openTrustSource(source: string | Uint8Array): Promise<TrustSource> {
  try {
    const bytes = typeof source === 'string' ? await readFile(source) : source
    return { bytes, trust: openTrust(bytes) }
  } catch (error) {
    const name = typeof source === 'string' ? source : 'the trust file'
    throw new GatewayError('TRUST_UNUSABLE', `cannot use ${name}: ${(error as Error).message}`, { cause: error })
  }
}

/**
 * What has evidence time-stamped; undefined where nothing asks for it.
 *
 * @throws {@link GatewayError} TRUST_UNUSABLE where no trust file names an authority: no stamp could then be told from another
 */
export function timeStamperOf(url: string | undefined, source: TrustSource | undefined): TimeStamper | undefined {
  if (url === undefined) return undefined
  if (source === undefined)
    throw new GatewayError('TRUST_UNUSABLE', 'time-stamping needs the trust file that names the authority')
  try {
    return new TimeStamper({ url, trust: source.trust })
  } catch (error) {
    throw new GatewayError('TRUST_UNUSABLE', `cannot have evidence time-stamped: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
