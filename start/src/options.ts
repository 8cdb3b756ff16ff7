import path from 'node:path'
import { parseArgs } from 'node:util'
import { StartError } from './start-error.js'

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
  readonly help: boolean
}

export const usage = `npm start -- [options]

  --once        anchor and verify the samples, print "verified N of N documents", stop;
                exits 0 only if all verified
  --reset       begin again with an empty network
  --data DIR    keep everything in DIR (default: .caizheng)
  --port N      port of the gateway API on 127.0.0.1 (default: 8080; 0 takes any free one)
  --help        this
`

/**
 * Reads the arguments after `npm start --`.
 *
 * @param args such as `['--once', '--port', '8081']`
 * @param cwd the folder that a relative `--data` counts from
 * @throws {StartError} `BAD_OPTION`
 */
export function parseOptions(args: readonly string[], cwd: string): StartOptions {
  const { values } = parse(args)
  return {
    once: values.once,
    reset: values.reset,
    data: path.resolve(cwd, values.data),
    port: portOf(values.port),
    help: values.help,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        reset: { type: 'boolean', default: false },
        data: { type: 'string', default: '.caizheng' },
        port: { type: 'string', default: '8080' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
    throw new StartError('BAD_OPTION', `${reason} See npm start -- --help.`, { cause: error })
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65535) {
    throw new StartError('BAD_OPTION', `--port takes a number from 0 to 65535, not '${text}'.`)
  }
  return port
}
