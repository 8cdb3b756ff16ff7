import { expect } from 'chai'
import { CaizhengError } from '@caizheng/client-sdk'
import { isLoopback } from '../../src/http/guards.js'
import { placeOf } from '../../src/http/place.js'
import { problemOf } from '../../src/http/problem-of.js'
import { openDatabase } from '../../src/store/database.js'
import { GroupCommit } from '../../src/store/group-commit.js'
import { temporaryFolders } from '../support/folder.js'

const folder = temporaryFolders()

describe('addresses of this machine', () => {
  it('are told from others', () => {
    for (const host of ['127.0.0.1', '127.8.9.1', 'localhost', '::1']) expect(isLoopback(host), host).to.equal(true)
    for (const host of [
      '',
      '0.0.0.0',
      '::',
      '10.0.0.1',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '1127.0.0.1',
    ])
      expect(isLoopback(host), host).to.equal(false)
  })
})

describe('place of a document', () => {
  const document = {
    project: '2303-331003-04-01-000001',
    type: 'CONTRACT',
    digests: { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) },
  } as const

  it('follows from project, type and SHA-256 alone', () => {
    expect(placeOf(document)).to.match(/^[0-9a-f]{64}$/)
    expect(placeOf({ ...document, digests: { ...document.digests, sm3: 'c'.repeat(64) } })).to.equal(placeOf(document))
    const others = [
      { ...document, type: 'INVOICE' as const },
      { ...document, project: '2303-331003-04-01-000002' },
      { ...document, digests: { ...document.digests, sha256: 'c'.repeat(64) } },
    ]
    expect(new Set([document, ...others].map(placeOf)).size).to.equal(4)
  })
})

describe('what becomes of an unexpected error', () => {
  it('a full disk is the journal’s trouble, and nothing was accepted', async () => {
    const database = openDatabase(folder())
    const commits = new GroupCommit(database)
    database.exec('CREATE TABLE t (text TEXT) STRICT; PRAGMA max_page_count = 40')
    const fill = () => database.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(1_000_000))
    const error = await commits.write(fill).catch((thrown: unknown) => thrown)
    expect(problemOf(error, 'r').code).to.equal('JOURNAL_UNAVAILABLE')
    expect(database.prepare('SELECT * FROM t').all()).to.deep.equal([])
    // The journal works again as soon as there is room.
    await commits.write(() => database.prepare('INSERT INTO t VALUES (?)').run('y'))
    expect(database.prepare('SELECT * FROM t').all()).to.deep.equal([{ text: 'y' }])
    database.close()
  })

  it('a network that is away is told apart from an error of ours, which says nothing but its number', () => {
    const away = new CaizhengError('NOT_REACHABLE', 'endorse', 'no connection to 10.1.2.3:7051')
    expect(problemOf(away, 'r').code).to.equal('NETWORK_UNAVAILABLE')
    const ours = problemOf(new Error('secret detail'), 'r-1')
    expect([ours.code, ours.values]).to.deep.equal(['INTERNAL', { request: 'r-1' }])
  })
})
