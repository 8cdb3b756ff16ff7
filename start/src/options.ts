import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { StartError } from './start-error.js'

/** Which network: the one in this process, or real Fabric from the binaries in `FABRIC_BIN`. */
export type NetworkKind = 'embedded' | 'fabric'

/** What `npm start` was asked to do. */
export interface StartOptions {
  /** Anchor and verify the samples, then stop. */
  readonly once: boolean
  /** Throw away what the data folder holds before starting. */
  readonly reset: boolean
  /** The data folder, absolute. */
  readonly data: string
  /** Port of the gateway API on 127.0.0.1; 0 takes any free one. */
  readonly port: number
  readonly network: NetworkKind
  /** Who time-stamps the evidence, and the file with its root certificate (PEM), absolute. */
  readonly tsa?: { readonly url: string; readonly root: string }
  /** Play the sample projects. */
  readonly pilots: boolean
  readonly help: boolean
}

/** In a file of its own, so that it can be shown before anything is installed or built. */
export const usage = readFileSync(new URL('../../usage.txt', import.meta.url), 'utf8')

const defaultPort = 8080
/** One each: a ledger of one network means nothing to the other. */
const dataFolders = { embedded: '.caizheng', fabric: '.caizheng-fabric' } as const

/**
 * Reads the arguments after `npm start --`.
 *
 * @param args such as `['--once', '--port', '8081']`
 * @param folders `root`: the clone, where the data folder is by default; `cwd`: what a relative `--data` counts from
 * @throws {StartError} `BAD_OPTION`
 */
export function parseOptions(args: readonly string[], folders: { root: string; cwd: string }): StartOptions {
  const { once, reset, data, port, help, network: named, 'no-pilots': without, ...values } = parse(args).values
  const network = networkOf(named)
  return {
    once,
    reset,
    data: data === undefined ? path.join(folders.root, dataFolders[network]) : path.resolve(folders.cwd, data),
    // Nobody else looks at the API of a run that ends by itself: it need not fail because of a port.
    port: port === undefined ? (once ? 0 : defaultPort) : portOf(port),
    network,
    ...tsaOf(values, folders.cwd),
    pilots: !without,
    help,
  }
}

function tsaOf(
  { tsa: url, 'tsa-root': root }: { readonly tsa?: string | undefined; readonly 'tsa-root'?: string | undefined },
  cwd: string,
): Pick<StartOptions, 'tsa'> {
  if (url === undefined && root === undefined) return {}
  if (url === undefined || root === undefined || !/^https?:\/\/[^/]/.test(url)) {
    throw new StartError(
      'BAD_OPTION',
      '--tsa takes an http address, and --tsa-root the file of its root certificate: both.',
    )
  }
  return { tsa: { url, root: path.resolve(cwd, root) } }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string' },
        tsa: { type: 'string' },
        'tsa-root': { type: 'string' },
        'no-pilots': { type: 'boolean', default: false },
        network: { type: 'string', default: 'embedded' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/[.\n].*$/s, '') : String(error)
    throw new StartError('BAD_OPTION', `${reason}. See npm start -- --help.`, { cause: error })
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new StartError('BAD_OPTION', `--port takes a number from 0 to 65535, not '${text}'.`)
  }
  return port
}

function networkOf(text: string): NetworkKind {
  if (text === 'embedded' || text === 'fabric') return text
  throw new StartError('BAD_OPTION', `--network takes embedded or fabric, not '${text}'.`)
}
