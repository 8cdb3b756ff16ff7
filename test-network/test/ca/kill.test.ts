import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { Registry } from '../../src/ca/registry.js'

const script = fileURLToPath(new URL('register-forever.js', import.meta.url))

describe("the CA's registry, killed while it writes", function () {
  this.timeout(60_000)
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'caizheng-ca-kill-'))
  })
  afterEach(() => rm(directory, { recursive: true, force: true }))

  it('has all that it acknowledged, and each step as a whole', async () => {
    for (const most of [1, 37, 200]) {
      const folder = join(directory, String(most))
      const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
      const acknowledged: string[] = []
      for await (const line of createInterface({ input: child.stdout })) {
        acknowledged.push(line)
        if (acknowledged.length === most) child.kill('SIGKILL')
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      expect(child.signalCode).to.equal('SIGKILL')
      const registry = await Registry.open(folder)
      try {
        for (const id of acknowledged) expect(registry.identity(id), id).to.not.equal(undefined)
        const owners = [...registry.certificates()].map(({ id }) => id)
        expect(owners).to.have.members([...registry.identities()].map(({ id }) => id))
        expect(owners.length).to.be.within(acknowledged.length, acknowledged.length + 1)
      } finally {
        await registry.close()
      }
    }
  })

  it('is opened by one process at a time', async () => {
    const registry = await Registry.open(join(directory, 'one'))
    try {
      const second = await Registry.open(join(directory, 'one')).then(
        () => undefined,
        (error: Error) => error,
      )
      expect(second).to.be.instanceOf(Error)
    } finally {
      await registry.close()
    }
  })
})
