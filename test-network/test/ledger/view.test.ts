import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { StateView } from '../../src/ledger/state/view.js'
import { Database, type Change } from '../../src/ledger/store/database.js'

const key = (name: string): Buffer => Buffer.from(`k${name}`)
const text = (record: Buffer): string => record.toString()

describe('the state at a height', () => {
  let folder: string
  let database: Database
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caizheng-view-'))
    database = await Database.open(folder)
  })
  afterEach(async () => {
    await database.close()
    await rm(folder, { recursive: true })
  })

  it('stays as it was for its readers, and the next one knows all but what the block changed', async () => {
    await database.write([change('a', '1'), change('b', '1')], true)
    const before = new StateView(database)
    before.join()
    const read = (view: StateView) => ['a', 'b', 'c', 'd'].map((name) => view.get(key(name), text))
    expect([before.get(key('a'), text), before.get(key('b'), text), before.get(key('c'), text)]).to.deep.equal([
      '1',
      '1',
      undefined,
    ])
    // 'd' is not read yet: the old view must find it absent, from its snapshot
    const changes = [change('a', '2'), { key: key('b') }, change('c', '2'), change('d', '2')]
    await database.write(changes, true)
    const after = new StateView(database, before.knownAfter(changes))
    expect(read(before)).to.deep.equal(['1', '1', undefined, undefined])
    expect(read(after)).to.deep.equal(['2', undefined, '2', '2'])
  })

  it('is closed when it is retired and its last reader has left', async () => {
    const view = new StateView(database)
    view.join()
    await view.retire()
    expect(view.get(key('a'), text)).to.equal(undefined)
    await view.leave()
    expect(() => view.get(key('b'), text)).to.throw()
  })

  function change(name: string, value: string): Change {
    return { key: key(name), record: Buffer.from(value) }
  }
})
