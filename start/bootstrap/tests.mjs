import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { foreground } from './child.mjs'
import { root } from './paths.mjs'
import { Refusal } from './refusal.mjs'

/** Test files that run side by side: half of their time is waiting. More would starve tests that look at the clock. */
const lanes = 2

/**
 * Runs every room's tests in one mocha, under c8, and ends with `N passed, N failed` alone on a line, counted from
 * mocha's own JSON report.
 *
 * @param {string[]} args for mocha (`--grep 'phantom read'`), the rooms to test (`evidence client-sdk`), or
 *   `--no-coverage`, which leaves c8 out
 */
export async function runTests(args) {
  const { workspaces } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const rooms = args.filter((argument) => workspaces.includes(argument))
  const forMocha = args.filter((argument) => !rooms.includes(argument) && argument !== '--no-coverage')
  const files = (rooms.length > 0 ? rooms : workspaces).flatMap(testsOf)
  if (files.length === 0) throw new Refusal('There is no test in these rooms.')
  // Coverage is of the whole: of a part it would only alarm.
  await runMocha(['--parallel', `--jobs=${lanes}`, ...forMocha, ...files], { covered: args.length === 0 })
}

const networks = ['embedded', 'fabric']

/**
 * Runs the conformance suite alone, on one of the networks. Without `FABRIC_BIN` the cases on Fabric are reported as
 * skipped, and why; that is no failure.
 *
 * @param {string[]} args `--network embedded` (the default) or `--network fabric`; the rest is for mocha
 */
export async function runConformance(args) {
  const { values, tokens } = parseArgs({
    args,
    options: { network: { type: 'string', default: 'embedded' } },
    strict: false,
    tokens: true,
  })
  if (!networks.includes(values.network)) {
    throw new Refusal(`--network takes ${networks.join(' or ')}, not '${values.network}'.`)
  }
  const own = tokens.find(({ kind, name }) => kind === 'option' && name === 'network')
  const forMocha =
    own === undefined ? args : args.filter((_, at) => at !== own.index && (own.inlineValue || at !== own.index + 1))
  await runMocha([...forMocha, `conformance/dist/test/${values.network}.test.js`], { covered: false })
}

/** The tests that kill, damage and send nonsense: `npm test` runs a few rounds of each. */
const faultTests = [
  'test-network/dist/test/kill.test.js',
  'test-network/dist/test/ledger/kill.test.js',
  'test-network/dist/test/ledger/cut.test.js',
  'test-network/dist/test/ledger/damage.test.js',
  'test-network/dist/test/ledger/full-disk.test.js',
  'test-network/dist/test/fuzz.test.js',
  'gateway-api/dist/test/scenarios/kill.test.js',
]

/**
 * Runs the tests of faults for long. The seed, which a run without one prints, fixes what is tried and when.
 *
 * @param {string[]} args `--rounds 100` (the default), `--seed 7`; the rest is for mocha (`--grep killed`)
 */
export async function runFaults(args) {
  const options = { rounds: { type: 'string', default: '100' }, seed: { type: 'string' } }
  const { values, tokens } = parseArgs({ args, options, strict: false, tokens: true })
  const { rounds, seed = String(randomInt(2 ** 31)) } = values
  for (const [name, value] of Object.entries({ rounds, seed })) {
    if (!/^[0-9]{1,9}$/.test(value)) throw new Refusal(`--${name} takes a whole number, not '${value}'.`)
  }
  const own = new Set()
  for (const { kind, name, index, inlineValue } of tokens) {
    if (kind !== 'option' || !(name in options)) continue
    own.add(index)
    if (!inlineValue) own.add(index + 1)
  }
  console.log(`${rounds} rounds, seed ${seed}`)
  const env = { CAIZHENG_FAULT_ROUNDS: rounds, CAIZHENG_FAULT_SEED: seed }
  await runMocha([...args.filter((_, at) => !own.has(at)), ...faultTests], { covered: false, env })
}

async function runMocha(args, { covered, env = {} }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'caizheng-test-'))
  const report = path.join(folder, 'report.json')
  const mocha = [
    'node_modules/mocha/bin/mocha.js',
    '--forbid-only',
    '--reporter',
    'start/bootstrap/reporter.mjs',
    '--reporter-option',
    `output=${report}`,
  ]
  const program = covered ? ['node_modules/c8/bin/c8.js', process.execPath, ...mocha] : mocha
  const code = await foreground([...program, ...args], { env })

  process.exitCode = finish(code, report)
  rmSync(folder, { recursive: true })
}

/** The compiled tests of a room: listed by their sources, so that what is left of a deleted one does not run. */
function testsOf(room) {
  const folder = path.join(root, room, 'test')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.test.ts') || file.endsWith('.test.tsx'))
    .sort()
    .map((file) =>
      path.posix.join(
        room,
        'dist/test',
        file
          .split(path.sep)
          .join('/')
          .replace(/\.tsx?$/, '.js'),
      ),
    )
}

function finish(code, report) {
  if (!existsSync(report)) {
    console.log('mocha ended before its report: see above.\n0 passed, 1 failed')
    return 1
  }
  const { passes, failures, pending } = JSON.parse(readFileSync(report, 'utf8')).stats
  console.log(`\n${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`)
  return code !== 0 || failures > 0 || passes + pending === 0 ? 1 : 0
}
