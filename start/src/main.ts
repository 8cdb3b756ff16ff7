import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseOptions, usage } from './options.js'
import { Progress } from './progress.js'
import { run } from './run.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * The command behind `npm start`.
 *
 * @param args what follows `npm start --`
 * @returns the exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  const progress = new Progress((line) => process.stdout.write(`${line}\n`))
  let data = root
  try {
    // npm runs scripts in the clone's folder, and tells where it was called.
    const options = parseOptions(args, { root, cwd: process.env['INIT_CWD'] ?? process.cwd() })
    if (options.help) {
      progress.write(usage)
      return 0
    }
    data = options.data
    return await run(options, progress, stopSignal())
  } catch (error) {
    const { refusalOf } = await import('./refusal-of.js')
    const refusal = refusalOf(error, data)
    if (refusal === undefined) throw error
    process.stderr.write(`${refusal.message}\n`)
    return 1
  }
}

/** Aborted by Ctrl-C or SIGTERM. A second one does not wait for what is still being ended. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}
