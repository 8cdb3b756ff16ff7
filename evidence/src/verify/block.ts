import type { Block } from '@caizheng/fabric-wire'
import { checkEndorsements } from '../block/checks/endorsements.js'
import { checkOrderers } from '../block/checks/orderers.js'
import { checkSubmitter } from '../block/checks/submitter.js'
import { checkTransaction } from '../block/checks/transaction.js'
import { openBlock } from '../block/open.js'
import { BLOCK_PROOF, blockProofSchema } from '../block/schema.js'
import { writeOf } from '../block/write.js'
import { EvidenceError } from '../fault.js'
import type { EvidenceFile } from '../file/schema.js'
import { fromBase64 } from '../format/base64.js'
import { conform } from '../format/canonical.js'
import { fill } from '../format/text.js'
import type { Claim } from '../receipt/claim.js'
import type { Trust } from '../trust/trust.js'
import type { Checklist } from './checklist.js'
import { named } from './named.js'
import type { ExaminedReceipt } from './receipt.js'
import type { ProvenBlock } from './report.js'
import type { StepCode } from './steps.js'

/** The steps of a block proof; in a report where a file has one. */
export const BLOCK_STEPS: readonly StepCode[] = [
  'BLOCK_ENCODING',
  'BLOCK_ORDERERS',
  'BLOCK_TRANSACTION',
  'BLOCK_ENDORSEMENTS',
]

/** The block proofs among what stands beside a receipt. */
export function blockProofsOf({ cosignatures }: EvidenceFile): EvidenceFile['cosignatures'] {
  return cosignatures.filter(({ type }) => type === BLOCK_PROOF)
}

/**
 * Runs every check of a block proof that can be run. It says "ordered, and endorsed by these"; that the transaction was valid is
 * said by the receipt alone, so this decides nothing.
 *
 * @returns what it proves; undefined if there is none, or one of its steps did not pass
 */
export function examineBlock(
  list: Checklist,
  file: EvidenceFile,
  trust: Trust,
  { record, place }: ExaminedReceipt,
): ProvenBlock | undefined {
  const proofs = blockProofsOf(file)
  if (proofs.length === 0) return undefined
  const block = list.run('BLOCK_ENCODING', () => {
    if (proofs.length > 1) throw new EvidenceError('BLOCK_TWICE')
    const value = openBlock(fromBase64(conform(blockProofSchema, proofs[0]).block))
    const values = { number: value.header.number, count: value.data.length }
    const seen = { en: 'block {number}; transactions in it: {count}', zh: '区块 {number}，含 {count} 笔交易' }
    return { value, seen: fill(seen, values) }
  })
  if (block === undefined) return undefined
  const orderers = list.run('BLOCK_ORDERERS', () => {
    const value = checkOrderers(block, trust)
    const values = { count: value.signed.length, all: value.all, names: value.signed.join(', ') }
    const seen = { en: '{count} of {all}: {names}', zh: '{all} 个中的 {count} 个：{names}' }
    return { value, seen: fill(seen, values) }
  })
  if (record === undefined || place === undefined) return undefined
  const transaction = examineTransaction(list, block, trust, { record, place })
  return orderers && transaction && { number: place.block, orderers, ...transaction }
}

function examineTransaction(
  list: Checklist,
  block: Block,
  trust: Trust,
  { record, place }: Pick<Claim, 'record' | 'place'>,
): Pick<ProvenBlock, 'submitter' | 'endorsers'> | undefined {
  const transaction = list.run('BLOCK_TRANSACTION', () => {
    const value = checkTransaction(block, writeOf({ channel: trust.file.channel, place, record }))
    const seen = {
      en: 'transaction {transaction} was ordered; whether it is valid only the receipt says',
      zh: '第 {transaction} 笔交易已排序；是否有效只以回执为准',
    }
    return { value, seen: fill(seen, { transaction: place.transaction }) }
  })
  if (transaction === undefined) return undefined
  return list.run('BLOCK_ENDORSEMENTS', () => {
    const submitter = checkSubmitter(transaction, record.submitter, trust)
    const endorsers = checkEndorsements(transaction, trust)
    const sender = named(trust, submitter)
    const names = endorsers.map(({ mspId }) => named(trust, mspId))
    return {
      value: {
        submitter: {
          mspId: submitter,
          name: trust.organizations.get(submitter)?.name ?? { en: submitter, zh: submitter },
        },
        endorsers: endorsers.map(({ mspId, name, until }) => ({ mspId, name, until })),
      },
      seen: {
        en: `submitted by ${sender.en}, endorsed by ${names.map(({ en }) => en).join(', ')}`,
        zh: `由${sender.zh}提交，${names.map(({ zh }) => zh).join('、')}复核签名`,
      },
    }
  })
}
