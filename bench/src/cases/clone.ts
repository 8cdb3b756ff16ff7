import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Case } from '../case.js'
import { beside, type Measurement } from '../measurement.js'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

export const clone: Case = {
  name: 'clone',
  about: 'from a clone of the last commit to its samples verified, the installation included',
  async measure() {
    // Outside this clone, or the new one would find this one's packages.
    const place = await mkdtemp(path.join(tmpdir(), 'caizheng-clone-'))
    await promisify(execFile)('git', ['clone', '--quiet', root, place])
    try {
      const started = performance.now()
      const { output, code } = await startOnce(place)
      const value = (performance.now() - started) / 1000
      if (code !== 0) throw new Error(`npm start -- --once ended with ${code}:\n${output}`)
      const verified = /^verified (\d+) of \1 documents$/m.exec(output)?.[0]
      if (verified === undefined) throw new Error(`npm start -- --once did not verify all documents:\n${output}`)
      const install = installation(output)
      return [
        {
          what: `clone to "${verified}"`,
          value,
          unit: 's',
          goal: { atMost: 120 },
          ...(install && { beside: beside(value, install) }),
        },
      ]
    } finally {
      await rm(place, { recursive: true })
    }
  },
}

async function startOnce(cwd: string): Promise<{ output: string; code: number }> {
  const child = spawn('npm', ['start', '--', '--once'], { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: environment() })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { output, code }
}

/** As from a new terminal: what npm set for this run would make the inner npm work in this clone. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD)/i.test(name)))
}

/** npm's share, as the progress said. */
function installation(output: string): Measurement | undefined {
  const seconds = /installing .*: done in ([\d.]+) s/.exec(output)?.[1]
  return seconds === undefined ? undefined : { what: 'npm ci in it', value: Number(seconds), unit: 's' }
}
