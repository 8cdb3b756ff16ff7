import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { GatewayError } from '../../src/gateway-error.js'
import { Binding } from '../../src/store/binding.js'
import { first, openDatabase, type Sqlite } from '../../src/store/database.js'
import { GroupCommit } from '../../src/store/group-commit.js'
import { lockDirectory } from '../../src/store/lock.js'
import { temporaryFolders } from '../support/folder.js'

const folder = temporaryFolders()

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof GatewayError) return error.code
    throw error
  }
  return 'none'
}

describe('database', () => {
  it('syncs each commit, in write-ahead mode', () => {
    const database = openDatabase(folder())
    expect(database.pragma('synchronous')).to.deep.equal([{ synchronous: 2 }])
    expect(database.pragma('journal_mode')).to.deep.equal([{ journal_mode: 'wal' }])
    database.close()
  })

  it('refuses a database of a newer version, and leaves it as it is', () => {
    const directory = folder()
    const database = openDatabase(directory)
    database.exec('PRAGMA user_version = 99')
    database.close()
    expect(codeOf(() => openDatabase(directory))).to.equal('DATABASE_NEWER')
    expect(codeOf(() => openDatabase(directory))).to.equal('DATABASE_NEWER')
  })

  it('refuses a file that is no database, and a folder that is a file', () => {
    const directory = folder()
    writeFileSync(
      join(directory, 'gateway.db'),
      'not a database, but long enough to have a header of its own '.repeat(20),
    )
    expect(codeOf(() => openDatabase(directory))).to.equal('DIRECTORY_UNUSABLE')
    expect(codeOf(() => openDatabase(join(directory, 'gateway.db')))).to.equal('DIRECTORY_UNUSABLE')
  })

  it('refuses a folder that cannot be made', () => {
    expect(codeOf(() => openDatabase('/dev/null/gateway'))).to.equal('DIRECTORY_UNUSABLE')
    expect(codeOf(() => lockDirectory('/dev/null/gateway'))).to.equal('DIRECTORY_UNUSABLE')
  })
})

describe('lock of a folder', () => {
  it('lets one gateway in at a time, and another after it', () => {
    const directory = folder()
    for (let round = 0; round < 3; round++) {
      const unlock = lockDirectory(directory)
      expect(codeOf(() => lockDirectory(directory))).to.equal('DIRECTORY_IN_USE')
      unlock()
    }
  })

  it('refuses a folder that is a file', () => {
    const directory = join(folder(), 'file')
    writeFileSync(directory, '')
    expect(codeOf(() => lockDirectory(directory))).to.equal('DIRECTORY_UNUSABLE')
  })
})

describe('binding', () => {
  it('holds a folder to one department, channel and network', () => {
    const database = openDatabase(folder())
    const binding = new Binding(database, 'here')
    expect(binding.genesis).to.equal(undefined)
    binding.bindDepartment('FinanceMSP', 'fiscal')
    binding.bindNetwork('aa')
    binding.bindDepartment('FinanceMSP', 'fiscal')
    binding.bindNetwork('aa')
    expect(binding.genesis).to.equal('aa')
    expect(codeOf(() => binding.bindDepartment('AuditMSP', 'fiscal'))).to.equal('DIRECTORY_OF_ANOTHER')
    expect(codeOf(() => binding.bindDepartment('FinanceMSP', 'trial'))).to.equal('DIRECTORY_OF_ANOTHER')
    expect(codeOf(() => binding.bindNetwork('bb'))).to.equal('DIRECTORY_OF_ANOTHER')
    database.close()
  })
})

describe('group commit', () => {
  let database: Sqlite
  let commits: GroupCommit

  beforeEach(() => {
    database = openDatabase(folder())
    database.exec('CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT')
    commits = new GroupCommit(database)
  })

  afterEach(() => database.close())

  const insert = (n: number) => () => void database.prepare('INSERT INTO t (n) VALUES (?)').run(n)
  const count = () => first<{ n: number }>(database, 'SELECT count(*) AS n FROM t')?.n

  it('joins the writes of one turn in one transaction', async () => {
    const seen: boolean[] = []
    await Promise.all(
      [1, 2, 3].map((n) =>
        commits.write(() => {
          insert(n)()
          seen.push(database.inTransaction)
        }),
      ),
    )
    expect(seen).to.deep.equal([true, true, true])
    expect(database.inTransaction).to.equal(false)
    expect(count()).to.equal(3)
  })

  it('takes back only the write that throws', async () => {
    const outcomes = await Promise.allSettled([
      commits.write(insert(1)),
      commits.write(() => {
        insert(2)()
        insert(1)()
      }),
      commits.write(insert(3)),
    ])
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled'])
    expect(database.prepare('SELECT n FROM t ORDER BY n').all()).to.deep.equal([{ n: 1 }, { n: 3 }])
  })

  it('resolves nobody where the commit fails', async () => {
    database.exec('CREATE TABLE u (n INTEGER REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED)')
    database.pragma('foreign_keys = ON')
    const outcomes = await Promise.allSettled([
      commits.write(insert(1)),
      // A deferred constraint is looked at by the commit itself.
      commits.write(() => void database.prepare('INSERT INTO u (n) VALUES (99)').run()),
    ])
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
    expect(count()).to.equal(0)
    await commits.write(insert(5))
    expect(count()).to.equal(1)
  })
})
