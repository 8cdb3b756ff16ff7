import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { FabricError, findBinaries, startFabricNetwork } from '../src/index.js'
import { NodeProcess } from '../src/node-process.js'
import { Watchdog } from '../src/watchdog.js'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

describe('the processes of a network', function () {
  this.timeout(30_000)
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'caizheng-processes-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const failureOf = async (work: Promise<unknown>): Promise<FabricError> => {
    try {
      await work
    } catch (error) {
      if (error instanceof FabricError) return error
      throw error
    }
    throw new Error('expected a FabricError')
  }

  const script = (name: string, lines: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`)
    chmodSync(join(folder, name), 0o755)
  }

  it('are not looked for in a folder that is not named, or has no such programs', async () => {
    const unnamed = await failureOf(findBinaries(''))
    expect(unnamed.code).to.equal('BINARIES_MISSING')
    expect(unnamed.message).to.include('FABRIC_BIN')
    const empty = await failureOf(startFabricNetwork({ binaries: folder }))
    expect(empty.code).to.equal('BINARIES_MISSING')
    expect(empty.message).to.include(join(folder, 'peer'))
  })

  it('that end at once are named, with the end of their log', async () => {
    script('peer', 'echo "panic: no space left on this device"; exit 2')
    script('orderer', 'exec sleep 20')
    const directory = join(folder, 'network')
    const error = await failureOf(startFabricNetwork({ binaries: folder, directory }))
    expect(error.code).to.equal('NODE_FAILED')
    expect(error.message).to.match(/^peer0\..*\.fiscal\.test has ended/)
    expect(error.message).to.include('panic: no space left on this device')
    expect(error.message).to.include(join(directory, 'logs'))
  })

  it('are none any more once the network is being ended', async () => {
    const watchdog = new Watchdog()
    const program = { name: 'late', command: 'sleep', args: ['60'], cwd: folder, environment: {}, port: 1 }
    const late = new NodeProcess({ ...program, log: join(folder, 'late.log') }, watchdog)
    watchdog.seal()
    expect(() => {
      late.start()
    }).to.throw(FabricError, 'the network has ended')
    expect(late.running).to.equal(false)
    watchdog.close()
  })

  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
    it(`end when the process that started them ends by ${signal}`, async () => {
      const log = join(folder, 'node.log')
      const modules = [path('../src/node-process.js'), path('../src/watchdog.js')]
      const parent = spawn(process.execPath, [path('../../test/support/parent.mjs'), ...modules, log], {
        stdio: 'inherit',
      })
      const exited = once(parent, 'exit')
      const pid = await until(() => Number(readFileSync(log, 'utf8')))
      expect(isRunning(pid)).to.equal(true)
      parent.kill(signal)
      await exited
      await until(() => !isRunning(pid))
    })
  }
})

/** What a function gives once it gives something. */
async function until<T>(work: () => T): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    try {
      const result = work()
      if (result) return result
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    if (Date.now() > deadline) throw new Error('it did not happen within 15 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
