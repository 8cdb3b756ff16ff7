import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What this process holds after everything that nobody needs was given back, in MiB. */
export async function heldMemory(): Promise<number> {
  for (let i = 0; i < 3; i += 1) {
    // What ends with a turn of the event loop, as closing streams do, must not count.
    await new Promise((resolve) => setTimeout(resolve, 20))
    collect()
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / (1024 * 1024)
}
