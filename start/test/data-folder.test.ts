import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect } from 'chai'
import { openDataFolder } from '../src/data-folder.js'
import { StartError } from '../src/start-error.js'

describe('the data folder', () => {
  let parent: string
  let folder: string

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'caizheng-data-'))
    folder = path.join(parent, 'data')
  })
  afterEach(() => rm(parent, { recursive: true }))

  async function refusal(reset = false): Promise<StartError> {
    const outcome = await openDataFolder(folder, reset).catch((error: unknown) => error)
    expect(outcome).to.be.instanceOf(StartError)
    return outcome as StartError
  }

  /** Opens, prepares and leaves it, as a start that ends at once. */
  async function use(reset = false): Promise<boolean> {
    const { prepare, release } = await openDataFolder(folder, reset)
    const fresh = await prepare()
    await release()
    return fresh
  }

  it('is fresh once', async () => {
    expect([await use(), await use()]).to.deep.equal([true, false])
  })

  it('is emptied by reset, when it is prepared', async () => {
    await use()
    await mkdir(path.join(folder, 'ledger'))
    await writeFile(path.join(folder, 'ledger/000001.log'), 'old')
    const { prepare, release } = await openDataFolder(folder, true)
    expect(await readdir(folder)).to.include('ledger')
    expect(await prepare()).to.equal(true)
    await release()
    expect(await readdir(folder)).to.deep.equal(['caizheng.json'])
  })

  it("never empties a folder that isn't ours", async () => {
    await mkdir(folder)
    await writeFile(path.join(folder, 'thesis.txt'), 'ten years of work')
    expect((await refusal(true)).code).to.equal('FOLDER_NOT_OURS')
    expect(await readdir(folder)).to.deep.equal(['thesis.txt'])
  })

  it('refuses what a newer version wrote, until it is reset', async () => {
    await mkdir(folder)
    await writeFile(path.join(folder, 'caizheng.json'), '{"kind":"caizheng-data","version":2}')
    expect((await refusal()).code).to.equal('DATA_TOO_NEW')
    expect(await use(true)).to.equal(true)
  })

  it('refuses a place that cannot be a folder', async () => {
    await writeFile(folder, 'a file in the way')
    const { code, message } = await refusal()
    expect(code).to.equal('FOLDER_NOT_WRITABLE')
    expect(message)
      .to.match(/--data DIR/)
      .and.not.include('\n')
  })

  it('lets one process in at a time', async () => {
    const { release } = await openDataFolder(folder, false)
    expect((await refusal()).code).to.equal('ALREADY_RUNNING')
    expect((await refusal(true)).code).to.equal('ALREADY_RUNNING')
    await release()
    await use()
  })

  it('takes over from one that was killed', async () => {
    await use()
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    await writeFile(path.join(folder, 'running.json'), JSON.stringify({ pid: child.pid }))
    await use()
  })

  it('is not fooled by a number that was given again', async function () {
    // Only Linux says when a process began.
    if (process.platform !== 'linux') this.skip()
    await use()
    await writeFile(path.join(folder, 'running.json'), JSON.stringify({ pid: process.pid, born: '1' }))
    await use()
  })
})
