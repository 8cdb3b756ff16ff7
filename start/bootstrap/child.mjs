import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { step } from './progress.mjs'
import { root } from './paths.mjs'
import { Refusal } from './refusal.mjs'

/** npm's own program when npm started us, so that no search path and no shell is needed; `npm` otherwise. */
function npmCommand() {
  const program = process.env.npm_execpath
  if (program !== undefined && /npm-cli\.c?js$/.test(program)) return [process.execPath, program]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

/** Runs npm quietly, as {@link quietly}. */
export function npm(args, options) {
  const [program, ...before] = npmCommand()
  return quietly(program, [...before, ...args], options)
}

/**
 * Runs a program with one line of progress on the screen and its output in a log, which is shown only if it fails.
 *
 * @param {{ label: string, advice: string }} options what to show while it runs, and what to say when it fails
 * @throws {Refusal} with the end of the log
 */
export async function quietly(program, args, { label, advice }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'caizheng-'))
  const log = path.join(folder, 'output.log')
  const done = step(label)
  const code = await new Promise((resolve) => {
    const output = createWriteStream(log)
    // Windows runs npm.cmd only through a shell; every argument here is a fixed word of ours.
    const child = spawn(program, args, {
      cwd: root,
      shell: program.endsWith('.cmd'),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.pipe(output, { end: false })
    child.stderr.pipe(output, { end: false })
    child.on('error', (error) => output.end(`${error.message}\n`, () => resolve(1)))
    child.on('close', (status, signal) => output.end(() => resolve(signal === null ? status : 1)))
  })
  done(code === 0)
  if (code !== 0) {
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
    throw new Refusal(`${lines.slice(-30).join('\n')}\n${advice} The whole output: ${log}`)
  }
  rmSync(folder, { recursive: true })
}

/**
 * Runs a Node program in the foreground, on this terminal.
 *
 * @returns {Promise<number>} its exit code
 */
export function foreground(args, { env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    // Ctrl-C reaches the whole group of the terminal: the child stops itself, and its code is ours.
    process.on('SIGINT', () => undefined)
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', reject)
    child.on('close', (status, signal) => resolve(signal === null ? status : 1))
  })
}
