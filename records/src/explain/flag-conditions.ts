import { construction, contractor, ownerLeads, ownerPays, pays, type Condition } from './condition.js'

const look = { toDoZh: '核查并说明', toDoEn: 'Look into it and say why.' } as const
const none = { unit: 'none' } as const
const fen = { unit: 'fen' } as const

/** The conditions that mark or alert and stop nothing, by `rule.case`. */
export const flagConditions: Readonly<Record<string, Condition>> = {
  'R04.LEAST': {
    ...look,
    ...fen,
    zh: '预付款不低于下限比例',
    en: 'the advance is not below its floor',
    by: [ownerLeads],
  },
  'R12.DRIFT': {
    ...look,
    ...none,
    zh: '变更数量不超过清单数量的警戒比例',
    en: 'the change of a quantity is not large beside the bill',
    by: [ownerLeads],
  },
  'R14.INVERSION': {
    ...look,
    ...none,
    zh: '日期不早于其前置件',
    en: 'nothing is dated before what it needs',
    by: [ownerLeads],
  },
  R15: {
    ...fen,
    zh: '概算不超过投资估算的规定幅度',
    en: "the estimate is not too far over the feasibility's",
    toDoZh: '由发改局重新审批；此前不得签订合同',
    toDoEn: 'The development bureau attests again; no contract until then.',
    by: [{ role: 'DEVELOPMENT_OFFICER' }],
  },
  'R24.PHOTO': {
    ...look,
    ...none,
    zh: '照片未在其他证据中用过',
    en: "no photo of another day's or site's evidence",
    by: [contractor],
  },
  'R24.DOCUMENT': {
    ...look,
    ...none,
    zh: '文件未在其他项目或类型中出现',
    en: 'the document stands under no other project or type',
    by: [ownerLeads],
  },
  R25: { ...look, ...none, zh: '文号只属于一个项目', en: 'a document number belongs to one project', by: [ownerLeads] },
  R37: {
    ...none,
    zh: '时限内有现场证据',
    en: 'there is evidence of the site in time',
    toDoZh: '核查现场；停工须经批准',
    toDoEn: 'Look at the site; a stop needs approval (StopWorks).',
    by: [construction, ownerLeads],
  },
  R39: {
    ...look,
    ...none,
    zh: '计量所需材料不超过过磅数量',
    en: 'no more material is measured than was weighed',
    by: [contractor, ownerLeads],
  },
  R21: {
    ...fen,
    zh: '中小、民营企业款项按期支付',
    en: 'a small or private firm is paid by the due day',
    toDoZh: '立即支付，并按逾期天数付息',
    toDoEn: 'Pay at once, with the late interest.',
    by: [ownerPays, pays],
  },
}
