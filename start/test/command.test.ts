import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect } from 'chai'

/** The command as a process, with its exit codes and its signals. */
describe('the command of npm start', function () {
  this.timeout(60_000)
  let parent: string
  const running: ChildProcess[] = []

  before(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'caizheng-command-'))
  })
  after(async () => {
    // None is left but where a case failed.
    for (const child of running) child.kill('SIGKILL')
    await rm(parent, { recursive: true })
  })

  const program = `
    const { main } = await import(${JSON.stringify(new URL('../src/main.js', import.meta.url).href)})
    process.exitCode = await main(process.argv.slice(1))`

  function launch(...args: string[]) {
    // Whoever runs these tests through npm has told it a folder of theirs.
    const env = { ...process.env, INIT_CWD: parent }
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, '--', ...args], { cwd: parent, env })
    running.push(child)
    const seen = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => (seen.stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (seen.stderr += chunk.toString()))
    return { child, seen, ended: once(child, 'close') as Promise<[number | null]> }
  }

  it('stops cleanly at Ctrl-C', async () => {
    const data = path.join(parent, 'data')
    const { child, seen, ended } = launch('--data', data, '--port', '0')
    while (!seen.stdout.includes('Ctrl-C stops it')) {
      await Promise.race([once(child.stdout, 'data'), ended])
      if (child.exitCode !== null) throw new Error(`it ended by itself: ${seen.stdout}${seen.stderr}`)
    }
    expect(await readdir(data)).to.include('running.json')
    child.kill('SIGINT')
    expect(await ended).to.deep.equal([0, null])
    expect(await readdir(data)).to.not.include('running.json')
    expect(seen.stderr).to.equal('')
  })

  it('says what is wrong in one line and exits 1', async () => {
    await writeFile(path.join(parent, 'in-the-way'), '')
    const { seen, ended } = launch('--data', 'in-the-way')
    expect(await ended).to.deep.equal([1, null])
    expect(seen.stderr).to.match(/^Cannot write to [^\n]+ --data DIR\.\n$/)
    expect(seen.stdout).to.equal('')
  })

  it('shows its options before anything is installed or built', async () => {
    const clone = path.join(parent, 'clone')
    const start = new URL('../../../start/', import.meta.url)
    await cp(start, path.join(clone, 'start'), {
      recursive: true,
      filter: (name) => !/(dist|node_modules)$/.test(name),
    })
    await writeFile(path.join(clone, 'package.json'), '{"workspaces":[]}')
    const args = [path.join(clone, 'start/bootstrap.mjs'), 'start', '--help']
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(stdout).to.include('--once').and.include('--network')
    expect(await readdir(clone)).to.have.members(['start', 'package.json'])
  })

  it('shows its options', async () => {
    const { seen, ended } = launch('--help')
    expect(await ended).to.deep.equal([0, null])
    for (const option of ['--once', '--reset', '--data', '--port']) expect(seen.stdout).to.include(option)
  })
})
