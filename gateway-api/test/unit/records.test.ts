import { canonicalBytes } from '@caizheng/records'
import type { FollowedBlock, FollowedTransaction, FollowedWrite } from '@caizheng/client-sdk'
import { expect } from 'chai'
import fc from 'fast-check'
import { AnchorIndex } from '../../src/index/anchor-index.js'
import { recordsOf, type WrittenRecord } from '../../src/records/extract.js'
import { RecordIndex } from '../../src/records/record-index.js'
import { openDatabase, type Sqlite } from '../../src/store/database.js'
import { GroupCommit } from '../../src/store/group-commit.js'
import { temporaryFolders } from '../support/folder.js'

const folder = temporaryFolders()
const hex = (n: number): string => n.toString(16).padStart(64, '0')

const written = (n: number, changes: Partial<WrittenRecord> = {}): WrittenRecord => ({
  ...{ kind: 'voucher', id: `V${n}`, block: n, index: 0, transaction: hex(n), by: 'ApproveApplication' },
  ...{ project: 'P', contract: 'C', status: 'ISSUED', day: '2026-01-01', record: '{}' },
  ...changes,
})

describe('record index', () => {
  let database: Sqlite
  let anchors: AnchorIndex
  let index: RecordIndex

  beforeEach(() => {
    database = openDatabase(folder())
    anchors = new AnchorIndex(database, new GroupCommit(database))
    index = new RecordIndex(database)
  })
  afterEach(() => database.close())

  it('is written with the checkpoint or not at all', async () => {
    await anchors.append({ block: 0, hash: 'h' }, [], () => index.add([written(1)]))
    const outcome = await anchors
      .append({ block: 2, hash: 'h' }, [], () => index.add([written(2)]))
      .catch((error: Error) => error)
    expect(outcome).to.be.instanceOf(Error)
    const failed = await anchors
      .append({ block: 1, hash: 'h' }, [], () => {
        index.add([written(3)])
        throw new Error('cut off')
      })
      .catch((error: Error) => error)
    expect(failed).to.be.instanceOf(Error)
    expect(index.page('voucher', {}, 10).records.map(({ id }) => id)).to.deep.equal(['V1'])
    expect(anchors.checkpoint()?.block).to.equal(0)
    anchors.clear()
    expect([index.find('voucher', 'V1'), index.page('voucher', { party: 'U' }, 10).records]).to.deep.equal([
      undefined,
      [],
    ])
  })

  it('keeps a changed record in its place and its day, and remembers where it was written', () => {
    index.add([
      written(1),
      written(2),
      written(1, { block: 9, status: 'PAID', day: '2026-02-02', by: 'RecordBankReceipt' }),
    ])
    const { records } = index.page('voucher', {}, 10)
    expect(records.map(({ id }) => id)).to.deep.equal(['V2', 'V1'])
    const [, changed] = records
    expect(changed).to.include({ status: 'PAID', day: '2026-01-01', block: 9, by: 'RecordBankReceipt' })
    expect(changed && index.places(changed).map(({ block, status }) => [block, status])).to.deep.equal([
      [1, 'ISSUED'],
      [9, 'PAID'],
    ])
  })

  it("counts a contract's parties as those of its payments and of its project", () => {
    const project = written(1, { kind: 'project', id: 'P', parties: ['OWNER'], status: '执行' })
    const contract = written(2, { kind: 'contract', id: 'C', parties: ['OWNER', 'BUILDER'], status: 'SIGNED' })
    index.add([project, contract, written(3), written(4, { contract: 'ELSE' })])
    for (const kind of ['project', 'contract', 'voucher']) {
      expect(index.page(kind, { party: 'BUILDER' }, 10).records, kind).to.have.length(1)
    }
    expect(index.page('voucher', { party: 'STRANGER' }, 10).records).to.deep.equal([])
  })

  it('pages through any filter without gap or repetition, while more arrive', () => {
    const shape = fc.record({
      project: fc.constantFrom('P', 'Q'),
      status: fc.constantFrom('ISSUED', 'PAID'),
      day: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03'),
    })
    const filters = fc.record({
      project: fc.option(fc.constant('P'), { nil: undefined }),
      status: fc.option(fc.constant('PAID'), { nil: undefined }),
      from: fc.option(fc.constant('2026-01-02'), { nil: undefined }),
      to: fc.option(fc.constant('2026-01-02'), { nil: undefined }),
    })
    fc.assert(
      fc.property(
        fc.array(shape, { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        filters,
        (rows, limit, filter) => {
          anchors.clear()
          index.add(rows.map((row, n) => written(n, row)))
          const seen: string[] = []
          let before: number | undefined
          let next = rows.length
          do {
            const page = index.page('voucher', filter, limit, before)
            seen.push(...page.records.map(({ id }) => id))
            before = page.next
            index.add([written(next++, { project: 'P', status: 'PAID', day: '2026-01-02' })])
          } while (before !== undefined)
          const { project, status, from = '', to = '9' } = filter
          const holds = (row: (typeof rows)[number]): boolean =>
            row.project === (project ?? row.project) &&
            row.status === (status ?? row.status) &&
            row.day >= from &&
            row.day <= to
          expect(seen).to.deep.equal(rows.flatMap((row, n) => (holds(row) ? [`V${n}`] : [])).reverse())
        },
      ),
      { numRuns: 25 },
    )
  })
})

describe('the business records of a block', () => {
  const organisation = {
    ...{ kind: 'organisation', version: 1, orgId: 'A-OWN', name: '示范建设单位', organisationKind: 'owner' },
    ...{ uscc: '12331003000001011C', msp: 'PartiesMSP', time: '2026-11-23T02:04:31.000Z', tx: hex(7) },
  }
  const key = `organisation:${organisation.uscc}`
  const write = (changes: Partial<FollowedWrite> = {}, value: unknown = organisation): FollowedWrite => ({
    ...{ namespace: 'charter', key, isDelete: false, value: canonicalBytes(value) },
    ...changes,
  })
  const block = (valid: boolean, ...writes: FollowedWrite[]): FollowedBlock => {
    const transaction: FollowedTransaction = {
      ...{ index: 2, txId: hex(7), type: 'endorser', code: valid ? 0 : 11, valid, time: organisation.time },
      ...{ creator: { msp: 'FinanceMSP', certificate: '' }, function: 'CharterContract:RegisterOrganisation', writes },
    }
    return { number: 4, hash: hex(8), previousHash: hex(9), dataHash: hex(10), transactions: [transaction] }
  }

  it('are taken with their place, from the chaincode whose word counts', () => {
    const { records, unreadable } = recordsOf(block(true, write(), write({ namespace: 'payment' })))
    expect(unreadable).to.deep.equal([])
    expect(records).to.deep.equal([
      {
        ...{ kind: 'organisation', id: organisation.uscc, block: 4, index: 2, transaction: hex(7) },
        ...{ by: 'RegisterOrganisation', record: new TextDecoder().decode(canonicalBytes(organisation)) },
      },
    ])
  })

  it('leave out what did not reach the state, what was deleted, and what is no business record', () => {
    expect(recordsOf(block(false, write())).records).to.deep.equal([])
    const others = [write({ isDelete: true }), write({ key: 'network' }), write({ key: 'unheard-of:1' })]
    expect(recordsOf(block(true, ...others))).to.deep.equal({ records: [], unreadable: [] })
  })

  it('name what cannot be read, and go on', () => {
    const { records, unreadable } = recordsOf(block(true, write({}, { ...organisation, version: 2 }), write()))
    expect(records).to.have.length(1)
    expect(unreadable.map((one) => one.key)).to.deep.equal([key])
  })
})
