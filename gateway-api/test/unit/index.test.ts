import { canonicalBytes } from '@caizheng/records'
import type { FollowedBlock, FollowedTransaction } from '@caizheng/client-sdk'
import { expect } from 'chai'
import fc from 'fast-check'
import { AnchorIndex, type IndexedAnchor } from '../../src/index/anchor-index.js'
import { anchorsOf } from '../../src/index/extract.js'
import { openDatabase, type Sqlite } from '../../src/store/database.js'
import { GroupCommit } from '../../src/store/group-commit.js'
import { temporaryFolders } from '../support/folder.js'

const folder = temporaryFolders()
const hex = (n: number): string => n.toString(16).padStart(64, '0')

const anchor = (n: number, block: number, project = 'A', type = 'CONTRACT'): IndexedAnchor => ({
  id: hex(n),
  block,
  index: 0,
  transaction: hex(n + 1_000_000),
  project,
  type,
  sha256: hex(n % 5),
  sm3: hex((n % 5) + 100),
  record: '{}',
})

describe('anchor index', () => {
  let database: Sqlite
  let index: AnchorIndex

  beforeEach(() => {
    database = openDatabase(folder())
    index = new AnchorIndex(database, new GroupCommit(database))
  })

  afterEach(() => database.close())

  it('moves the checkpoint with the anchors, and only to the next block', async () => {
    expect(index.checkpoint()).to.equal(undefined)
    await index.append({ block: 0, hash: 'h0' }, [])
    await index.append({ block: 1, hash: 'h1' }, [anchor(1, 1)])
    expect(index.checkpoint()).to.deep.equal({ block: 1, hash: 'h1' })
    for (const block of [1, 3, 0]) {
      const outcome = await index.append({ block, hash: 'x' }, [anchor(9, block)]).catch((error: Error) => error)
      expect(outcome).to.be.instanceOf(Error)
    }
    expect(index.checkpoint()).to.deep.equal({ block: 1, hash: 'h1' })
    expect(index.page({}, 10).anchors).to.have.length(1)
  })

  it('keeps the first of two anchors with one id', async () => {
    await index.append({ block: 0, hash: 'h' }, [anchor(1, 0)])
    await index.append({ block: 1, hash: 'h' }, [{ ...anchor(1, 1), record: '{"second":true}' }])
    expect(index.find(hex(1))).to.include({ block: 0, record: '{}' })
  })

  it('finds all anchors of a file, oldest first', async () => {
    await index.append({ block: 0, hash: 'h' }, [anchor(1, 0), anchor(6, 0), anchor(2, 0)])
    expect(index.byDigest('sha256', hex(1)).map(({ id }) => id)).to.deep.equal([hex(1), hex(6)])
    expect(index.byDigest('sm3', hex(101)).map(({ id }) => id)).to.deep.equal([hex(1), hex(6)])
  })

  it('comes back the same after it was cleared', async () => {
    const fill = async (): Promise<IndexedAnchor[]> => {
      await index.append({ block: 0, hash: 'h0' }, [])
      await index.append({ block: 1, hash: 'h1' }, [anchor(1, 1), anchor(2, 1)])
      return [...index.page({}, 10).anchors]
    }
    const before = await fill()
    index.clear()
    expect([index.checkpoint(), index.page({}, 10).anchors]).to.deep.equal([undefined, []])
    expect(await fill()).to.deep.equal(before)
  })

  it('pages through any filter newest first, without gap or repetition, while more arrive', async () => {
    const row = fc.record({ project: fc.constantFrom('A', 'B'), type: fc.constantFrom('CONTRACT', 'INVOICE') })
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.record({
          project: fc.option(fc.constant('A'), { nil: undefined }),
          type: fc.option(fc.constant('INVOICE'), { nil: undefined }),
        }),
        async (rows, limit, filter) => {
          index.clear()
          const anchors = rows.map(({ project, type }, n) => anchor(n, n, project, type))
          for (const [n, one] of anchors.entries()) await index.append({ block: n, hash: 'h' }, [one])
          const seen: string[] = []
          let before: number | undefined
          let blocks = anchors.length
          do {
            const page = index.page(filter, limit, before)
            expect(page.anchors.length).to.be.at.most(limit)
            seen.push(...page.anchors.map(({ id }) => id))
            before = page.next
            await index.append({ block: blocks, hash: 'h' }, [anchor(1_000 + blocks, blocks, 'A', 'INVOICE')])
            blocks++
          } while (before !== undefined)
          const expected = anchors
            .filter(({ project, type }) => project === (filter.project ?? project) && type === (filter.type ?? type))
            .map(({ id }) => id)
            .reverse()
          expect(seen).to.deep.equal(expected)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('what a block adds to the index', () => {
  const record = {
    kind: 'anchor',
    version: 1,
    network: hex(1),
    id: hex(2),
    project: '2303-331003-04-01-000001',
    type: 'CONTRACT',
    number: 'HT-2026-001',
    issuer: '12331003000001011C',
    digests: { sha256: hex(3), sm3: hex(4) },
    provenance: { sourceSystem: '合同管理系统', generatedAt: '2026-11-23', generator: 'export 4.2' },
    submitter: { msp: 'FinanceMSP', id: hex(5), key: hex(6) },
    time: '2026-11-23T02:04:31.000Z',
    tx: hex(7),
  }

  const transaction = (
    changes: Partial<FollowedTransaction>,
    value: unknown = record,
    key = `anchor:${hex(2)}`,
  ): FollowedTransaction => ({
    index: 3,
    txId: hex(7),
    type: 'endorser',
    code: 0,
    valid: true,
    time: '2026-11-23T02:04:31.000Z',
    creator: { msp: 'FinanceMSP', certificate: '' },
    writes: [{ namespace: 'evidence', key, isDelete: false, value: canonicalBytes(value) }],
    ...changes,
  })

  const block = (...transactions: FollowedTransaction[]): FollowedBlock => ({
    number: 9,
    hash: hex(8),
    previousHash: hex(9),
    dataHash: hex(10),
    transactions,
  })

  it('takes the anchor with its place', () => {
    expect(anchorsOf(block(transaction({})), 'evidence')).to.deep.equal({
      unreadable: [],
      anchors: [
        {
          id: hex(2),
          block: 9,
          index: 3,
          transaction: hex(7),
          project: record.project,
          type: 'CONTRACT',
          sha256: hex(3),
          sm3: hex(4),
          record: new TextDecoder().decode(canonicalBytes(record)),
        },
      ],
    })
  })

  it('leaves out what did not reach the state, and what is not of this chaincode', () => {
    const invalid = transaction({ code: 11, valid: false })
    const foreign = transaction({ writes: transaction({}).writes.map((write) => ({ ...write, namespace: 'payment' })) })
    const deletion = transaction({ writes: transaction({}).writes.map((write) => ({ ...write, isDelete: true })) })
    const other = transaction({}, record, 'network')
    expect(anchorsOf(block(invalid, foreign, deletion, other), 'evidence')).to.deep.equal({
      anchors: [],
      unreadable: [],
    })
  })

  it('names a record that it cannot read, and goes on', () => {
    const newer = transaction({}, { ...record, version: 2 })
    const misplaced = transaction({}, record, `anchor:${hex(77)}`)
    const { anchors, unreadable } = anchorsOf(block(newer, misplaced, transaction({})), 'evidence')
    expect(anchors).to.have.length(1)
    expect(unreadable.map(({ key }) => key)).to.deep.equal([`anchor:${hex(2)}`, `anchor:${hex(77)}`])
  })
})
