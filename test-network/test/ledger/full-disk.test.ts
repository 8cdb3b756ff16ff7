import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { verifyLedger } from '../../src/ledger/index.js'
import { Bench, commit } from './support.js'

const program = fileURLToPath(new URL('./fill-disk.js', import.meta.url))

interface Met {
  acknowledged: number
  refused: string
  after: string
  readable: number
}

/** Runs a line of shell, with the program's command after its own words; gives what it printed and what it said. */
function run(line: string, ...args: string[]): { printed: string; said: string } {
  const { stdout, stderr } = spawnSync('sh', ['-c', line, 'sh', process.execPath, program, ...args], {
    encoding: 'utf8',
    // Coverage would be written to the full disk's owner, and nobody reads it
    env: { ...process.env, NODE_V8_COVERAGE: '' },
  })
  return { printed: stdout.trim(), said: stderr }
}

describe('ledger: a disk that takes no more', function () {
  this.timeout(60_000)
  const bench = new Bench()
  after(() => bench.clear())

  before(function () {
    // The limits are set by a POSIX shell.
    if (process.platform === 'win32') this.skip()
  })

  // Each limit ends the log at another place within a record; the system writes up to it, and then refuses.
  for (const blocks of [40, 97, 300]) {
    it(`keeps all that was acknowledged where a file may not grow beyond ${String(blocks)} blocks`, async () => {
      const directory = await bench.directory()
      const { printed, said } = run(`trap '' XFSZ; ulimit -f ${String(blocks)}; exec "$@"`, directory)
      expect(printed, said).to.match(/^{/)
      const met = JSON.parse(printed) as Met
      expect(met).to.include({ refused: 'WRITE_FAILED', after: 'WRITE_FAILED', readable: met.acknowledged - 1 })
      const ledger = await bench.open(`${directory}/ledger`)
      // The block that failed may be there whole, but never in part.
      expect(ledger.height).to.be.within(met.acknowledged, met.acknowledged + 1)
      await commit(ledger, [{ txId: 'after' }])
      const { height } = ledger
      await ledger.close()
      expect((await verifyLedger(`${directory}/ledger`)).height).to.equal(height)
    })
  }

  it('loses nothing on a full file system, and goes on when there is room', async function () {
    const directory = await bench.directory()
    const mounted = `mount -t tmpfs -o size=2m tmpfs "$3"`
    if (run(`unshare -rm sh -c '${mounted}' sh "$@" && echo yes`, directory).printed !== 'yes') {
      // A file system of one's own needs user namespaces, which a system may forbid; the limits above need nothing
      this.skip()
    }
    const { printed, said } = run(`exec unshare -rm sh -c '${mounted} && exec "$@"' sh "$@"`, directory, 'again')
    expect(printed, said).to.match(/^{/)
    const met = JSON.parse(printed) as Met & { full: string; height: number; verified: number }
    expect(met).to.include({ refused: 'WRITE_FAILED', after: 'WRITE_FAILED', readable: met.acknowledged - 1 })
    expect(met.full, 'it opens, or says that the system refuses').to.be.oneOf(['none', 'NO_ACCESS'])
    expect(met.height).to.be.within(met.acknowledged, met.acknowledged + 1)
    expect(met.verified).to.equal(met.height + 1)
  })
})
