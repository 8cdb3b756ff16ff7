import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CaizhengError, connect, type Client, type Profile } from '@caizheng/client-sdk'
import {
  bootstrapCharter,
  Cast,
  keptKeys,
  loadPilot,
  PilotError,
  pilotJournal,
  pilotNames,
  readPilot,
  type Pilot,
} from '@caizheng/pilots'
import { nodeOrganizations } from '@caizheng/test-network'
import type { RunningNetwork } from './network.js'
import type { Progress } from './progress.js'

/** Steps between two lines of progress. */
const STRIDE = 60

/**
 * Plays the sample projects through the SDK, each step once however often this is begun again, and says how far it is.
 *
 * @param data the data folder: the people's keys and how far each project is go there
 * @param signal ends it after the step under way
 * @returns whether all of them are on the chain; what went wrong is said on the screen
 */
export async function loadPilots(
  system: Pick<RunningNetwork, 'network' | 'profiles'>,
  data: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<boolean> {
  const stage = openStage(system, path.join(data, 'pilots'))
  try {
    const { network } = system
    const organizations = nodeOrganizations(network.consortium.definition)
    const administrator = await bootstrapCharter(stage.cast, { id: network.id, organizations })
    const common = { ...stage, administrator, signal }
    for (const name of pilotNames) {
      if (!(await loadOne(await readPilot(name), common, progress))) return false
    }
    return true
  } catch (error) {
    if (signal.aborted) return false
    if (!(error instanceof PilotError || error instanceof CaizhengError)) throw error
    progress.write(
      `  样例项目未载入完 · the sample projects are not complete: ${error.message}\n` +
        '  重新运行 npm start 将从该步继续；仍不行则以 --reset 重来，或以 --no-pilots 不载入。\n' +
        '  Run npm start again: it goes on from that step. If that does not help, begin again with --reset, or leave them out with --no-pilots.',
    )
    return false
  } finally {
    stage.close()
  }
}

type Stage = Omit<Parameters<typeof loadPilot>[1], 'onStep'>

/** One project, with a line before, after and now and then between. */
async function loadOne(pilot: Pilot, stage: Stage, progress: Progress): Promise<boolean> {
  const { name } = pilot
  const started = performance.now()
  let begun: number | undefined
  let total = 0
  const complete = await loadPilot(pilot, {
    ...stage,
    onStep(done, of) {
      total = of
      if (begun === undefined) {
        begun = done
        if (done === of) return
        if (done === 0) progress.write(`  ${name}: 逐步载入 ${of} 步 · ${of} steps are being played`)
        else progress.write(`  ${name}: 自第 ${done + 1} 步继续，共 ${of} 步 · goes on from step ${done + 1} of ${of}`)
      } else if (done % STRIDE === 0 && done < of) progress.write(`  ${name}: ${done}/${of}`)
    },
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (begun === total) progress.write(`  ${name}: 已在链上，共 ${total} 步 · on the chain already, ${total} steps`)
  else if (complete) progress.write(`  ${name}: 已载入 ${total} 步 · ${total} steps loaded (${seconds} s)`)
  else progress.write(`  ${name}: 已中断，下次启动时继续 · interrupted; the next start goes on`)
  return complete
}

/** The people of the projects, who keep their keys in the folder, and what a pilot needs besides. */
function openStage({ network, profiles }: Pick<RunningNetwork, 'network' | 'profiles'>, folder: string) {
  const clients: Client[] = []
  const opened = async (client: Promise<Client>): Promise<Client> => {
    clients.push(await client)
    return client
  }
  const organizations = nodeOrganizations(network.consortium.definition)
  const cast = new Cast(async (mspId, personId) => {
    const keys = await keptKeys(path.join(folder, 'people'), personId, () => network.connect(mspId, 'client', personId))
    const { channel, address: gateway, tlsRoots, tlsName } = network.connect(mspId)
    const profile: Profile = {
      kind: 'caizheng-profile',
      version: 1,
      ...{ channel, mspId, gateway, ...keys, organizations },
      ...(tlsRoots === undefined ? {} : { tlsRoots }),
      ...(tlsName === undefined ? {} : { tlsName }),
    }
    return { certificate: keys.certificate, client: await opened(connect({ profile })) }
  })
  let observers: Promise<Client[]> | undefined
  return {
    cast,
    journal: pilotJournal(folder),
    /** The next person may ask another node than the last. */
    async settle() {
      if (!network.separate) return
      observers ??= Promise.all([...profiles.values()].map((profile) => opened(connect({ profile }))))
      for (;;) {
        const heights = await Promise.all((await observers).map((client) => client.height()))
        if (new Set(heights).size === 1) return
        await sleep(10)
      }
    },
    close() {
      for (const client of clients) client.close()
    },
  }
}
