import type { Cosigner } from '../cosignature/check.js'
import type { Text } from '../format/text.js'
import type { TimeStamp } from '../timestamp/check.js'
import type { Proven, ProvenBlock, Step } from './report.js'
import { ADVISORY } from './steps.js'
import { chinaTimeAtLatest } from './time.js'

export function join(texts: readonly Text[]): Text {
  const english = texts.map(({ en }) => en)
  const last = english.length > 1 ? ` and ${english.at(-1) ?? ''}` : ''
  return {
    en: (english.length > 1 ? english.slice(0, -1) : english).join(', ') + last,
    zh: texts.map(({ zh }) => zh).join('、'),
  }
}

export function add(first: Text, second: Text): Text {
  return { en: `${first.en} ${second.en}`, zh: `${first.zh}${second.zh}` }
}

/** What a trust file says of a network whose nodes one operator runs. */
export const TRIAL: Text = {
  en: 'Trial network: one operator runs all its nodes, so this proves nothing against that operator.',
  zh: '试用网络：全部节点由同一运行者运行，对该运行者不构成证明，仅供试用和测试。',
}

const ONLY_SHA256: Text = { en: 'By SHA-256 alone; SM3 was not compared.', zh: '仅按 SHA-256 核对，未核对 SM3。' }

/** What a valid receipt says, and no more: who held the record, and until when at the latest. */
export function provenStatement(
  proven: Proven,
  missing: readonly Text[],
  steps: readonly Step[],
  onlySha256: boolean,
): Text {
  const time = chinaTimeAtLatest(proven.time)
  const names = join(proven.signers.map(({ name }) => name))
  const whole: Text = {
    en: `Valid: the nodes of ${names.en} held this record, no later than ${time} (UTC+8), give or take five minutes.`,
    zh: `有效：${names.zh}的节点均持有本记录，不晚于 ${time}（北京时间，误差五分钟以内）。`,
  }
  const absent = join(missing)
  const weaker = { en: `Weaker than it should be: ${absent.en} did not sign.`, zh: `证明力较弱：${absent.zh}未签名。` }
  const advice = steps.filter(({ code, outcome }) => ADVISORY.has(code) && isWorthSaying(code, outcome))
  const named = proven.trial === true ? add(whole, TRIAL) : whole
  const compared = onlySha256 ? add(named, ONLY_SHA256) : named
  const noted = missing.length > 0 ? add(compared, weaker) : compared
  const { block, cosigners, timeStamps } = proven
  const stamped = timeStamps.length > 0 ? add(noted, sentence(BESIDES, timeStampsText(timeStamps))) : noted
  const ordered = block ? add(stamped, sentence(BESIDES, blockText(block, proven.place.transaction))) : stamped
  const beside = cosigners.length > 0 ? add(ordered, sentence(BESIDES, cosignersText(cosigners))) : ordered
  return advice.reduce((text, { reason }) => add(text, sentence(NOTE, reason)), beside)
}

const NOTE: Text = { en: 'Note: ', zh: '提示：' }
const BESIDES: Text = { en: 'Besides, ', zh: '此外，' }

function sentence(opening: Text, { en, zh }: Text): Text {
  return { en: `${opening.en}${en}.`, zh: `${opening.zh}${zh}。` }
}

/** Of what does not decide, what a person should know: all that is wrong, and certificates that ended. */
function isWorthSaying(code: Step['code'], outcome: Step['outcome']): boolean {
  return outcome === 'failed' || (code === 'CERTIFICATES' && outcome !== 'passed')
}

/** Who co-signed with SM2, and with what. */
export function cosignersText(cosigners: readonly Cosigner[]): Text {
  const named = cosigners.map(({ name, certified }) =>
    certified ? name : { en: `${name.en} (software, not certified)`, zh: `${name.zh}（软件签名，未经认证）` },
  )
  const { en, zh } = join(named)
  return { en: `co-signed with SM2 by ${en}`, zh: `${zh}以国密 SM2 联合签名` }
}

/** What a block proof says, with what it doesn't. */
function blockText({ number, orderers, submitter, endorsers }: ProvenBlock, transaction: number): Text {
  const { signed, all } = orderers
  const names = join(endorsers.map(({ name }) => name))
  return {
    en: `by the block proof: transaction ${transaction} of block ${number} was submitted by ${submitter.name.en}, endorsed by ${names.en} and ordered by ${signed.length} of ${all} orderers; that it is valid is said by the receipt, not by the block`,
    zh: `据区块证明，区块 ${number} 第 ${transaction} 笔交易由${submitter.name.zh}提交、经${names.zh}复核签名，并由 ${all} 个排序节点中的 ${signed.length} 个签名排序；交易有效与否以回执为准，区块本身不能证明`,
  }
}

/** Why nothing was proven: the first step that failed, or could not be decided. */
export function unprovenStatement(steps: readonly Step[], outcome: 'INVALID' | 'CANNOT_TELL'): Text {
  const undecided = steps.filter(({ code }) => !ADVISORY.has(code))
  const step =
    undecided.find((candidate) => candidate.outcome === 'failed') ??
    undecided.find((candidate) => candidate.outcome === 'unknown')
  const name = step?.name ?? { en: '', zh: '' }
  const reason = step?.reason ?? { en: '', zh: '' }
  return outcome === 'INVALID'
    ? { en: `Invalid: "${name.en}" failed: ${reason.en}.`, zh: `无效：“${name.zh}”未通过：${reason.zh}。` }
    : { en: `Can't tell: "${name.en}": ${reason.en}.`, zh: `无法判断：“${name.zh}”：${reason.zh}。` }
}

/** Who stamped what, and when. */
export function timeStampsText(stamps: readonly TimeStamp[]): Text {
  const named = stamps.map(({ name, time, over }): Text => {
    const what: Text =
      over === 'receipt'
        ? { en: 'the receipt with its signatures', zh: '回执及其签名' }
        : { en: 'the record', zh: '记录' }
    const moment = chinaTimeAtLatest(time)
    return {
      en: `${what.en} existed no later than ${moment} (UTC+8) by ${name.en}`,
      zh: `据${name.zh}的时间戳，${what.zh}不晚于北京时间 ${moment} 即已存在`,
    }
  })
  // Clauses, not names.
  return { en: join(named).en, zh: named.map(({ zh }) => zh).join('；') }
}
