import { readFile } from 'node:fs/promises'
import { openDataFolder } from './data-folder.js'
import { embeddedNotice } from './embedded.js'
import { fabricNotice } from './fabric-notice.js'
import { nextSteps } from './next-steps.js'
import type { StartOptions } from './options.js'
import { loadPilots } from './pilots.js'
import { assertPortFree } from './port.js'
import type { Progress } from './progress.js'
import { readSamples } from './samples.js'
import { sheetAddresses } from './sheets.js'
import { StartError } from './start-error.js'
import { startSystem, type System } from './system.js'
import { leaveVouchers } from './vouchers.js'
import { anchorAll, isWhole, verifyAll, type VerifiedSample } from './verified.js'

/** Exit code of a run that was stopped before it was through, as a shell has it for Ctrl-C. */
const interrupted = 130

/**
 * One run of the system: up, the samples anchored and verified, the sample projects loaded, and, unless `once`, up until it
 * is stopped.
 *
 * @param stop ends the run, whatever it is at; it then closes what it opened
 * @returns the exit code: 0 where every sample was verified and, with `once`, every project loaded
 * @throws {StartError} and what `refusalOf` makes one of
 */
export async function run(options: StartOptions, progress: Progress, stop: AbortSignal): Promise<number> {
  const folder = await openDataFolder(options.data, options.reset)
  try {
    if (options.port !== 0) await assertPortFree(options.port)
    await folder.prepare()
    progress.write(`Caizheng 财证链\n${options.network === 'fabric' ? fabricNotice : embeddedNotice}\n`)
    const authority = options.tsa && { url: options.tsa.url, root: await readRoot(options.tsa.root) }
    const system = await startSystem(folder.path, options.port, progress, options.network, authority)
    try {
      return await show(system, options, progress, stop)
    } catch (error) {
      if (stop.aborted) return interrupted
      throw error
    } finally {
      await system.stop()
    }
  } finally {
    await folder.release()
  }
}

async function show(system: System, options: StartOptions, progress: Progress, stop: AbortSignal): Promise<number> {
  const verified = await showSamples(system, progress, stop)
  const load = async (): Promise<boolean> => {
    if (!options.pilots) return true
    const loaded = await loadPilots(system, options.data, progress, stop)
    if (loaded) await leaveVouchers(system, progress)
    return loaded
  }
  if (options.once) {
    const loaded = await load()
    stop.throwIfAborted()
    progress.write(`\n${countOf(verified)}`)
    return loaded && verified.every(isValid) ? 0 : 1
  }
  progress.write(`\n${countOf(verified)}`)
  progress.write(`up in ${progress.elapsed()}\n\n${nextSteps(system, verified)}`)
  progress.write(`Everything is in ${options.data}. Ctrl-C stops it.`)
  // Pages and API answer already: whoever wants to look need not wait for the projects
  const loading = load().then(async (loaded) => {
    const addresses = loaded && options.pilots ? await sheetAddresses(system.gateway.url, stop) : undefined
    if (addresses !== undefined) progress.write(addresses)
  })
  await Promise.race([aborted(stop), loading.then(() => aborted(stop))])
  progress.write('stopping …')
  await loading
  return verified.every(isValid) ? 0 : 1
}

async function showSamples(system: System, progress: Progress, stop: AbortSignal): Promise<VerifiedSample[]> {
  const samples = await readSamples()
  const { url } = system.gateway
  const anchored = await progress.step(
    'documents',
    () => anchorAll(url, samples, stop),
    (documents) => {
      const created = documents.filter((document) => document.created).length
      return created === documents.length
        ? `${created} anchored, endorsed by the departments' peers`
        : `${created} anchored, ${documents.length - created} were on the chain already`
    },
  )
  const verified = await progress.step(
    'evidence',
    () => verifyAll(url, samples, anchored, system, stop),
    (documents) => {
      const kept = documents.filter((document) => document.kept).length
      return `${documents.length} verified offline${kept === 0 ? '' : `, ${kept} of them as an earlier start left them`}`
    },
  )
  for (const { sample, report } of verified.filter((document) => !isValid(document))) {
    progress.write(`  not verified: ${sample.name}: ${report.statement.en}`)
  }
  return verified
}

const countOf = (verified: readonly VerifiedSample[]): string =>
  `verified ${verified.filter(isValid).length} of ${verified.length} documents`

const isValid = ({ report }: VerifiedSample): boolean => isWhole(report)

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function readRoot(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new StartError('BAD_OPTION', `--tsa-root: ${(error as Error).message}.`, { cause: error })
  })
}
