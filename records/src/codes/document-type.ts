/**
 * The types of documents, with their Chinese names for pages. The list is closed: a misspelt type would escape the rules
 * that look for it. `OTHER` is for whatever no rule asks for.
 */
export const documentTypes = {
  PROJECT_INITIATION: '立项文件',
  FEASIBILITY_APPROVAL: '可行性研究报告批复',
  ESTIMATE_APPROVAL: '初步设计及概算批复',
  PLANNING_PERMIT: '建设工程规划许可证',
  CONSTRUCTION_PERMIT: '施工许可证',
  BUDGET_REVIEW: '财政投资评审报告',
  BUDGET_QUOTA: '预算指标文件',
  TENDER_NOTICE: '招标公告',
  TENDER_AMENDMENT: '招标文件澄清与修改',
  AWARD_NOTICE: '中标通知书',
  CONTRACT: '合同',
  GUARANTEE_LETTER: '保函',
  DESIGN_DRAWING: '施工图设计文件',
  CHANGE_ORDER: '工程变更单',
  SUPERVISION_MONTHLY: '监理月报',
  SITE_EVIDENCE: '现场影像与记录',
  PROGRESS_CERTIFICATE: '计量支付证书',
  PAYMENT_APPLICATION: '支付申请',
  INVOICE: '发票',
  BANK_RECEIPT: '银行回单',
  TEST_REPORT: '质量检测报告',
  ACCEPTANCE_REPORT: '竣工验收报告',
  SETTLEMENT_REPORT: '竣工结算审核报告',
  AUDIT_REPORT: '审计报告',
  FINAL_ACCOUNT: '竣工财务决算',
  PERFORMANCE_EVALUATION: '绩效评价报告',
  SPECIAL_APPROVAL: '特批文件',
  OPENING_BALANCE: '期初余额确认书',
  DISCLOSURE: '公开信息',
  OTHER: '其他',
} as const

export type DocumentType = keyof typeof documentTypes

/** Whether a text is one of {@link documentTypes}. */
export function isDocumentType(text: string): text is DocumentType {
  return Object.hasOwn(documentTypes, text)
}

/**
 * Types that rules look up by name, so that each document is anchored by itself and never inside a batch: R23's default, with
 * the audit report that R16 asks for and the payment application whose number R25 keeps to one project.
 */
export const singlyAnchoredTypes: readonly DocumentType[] = [
  'FEASIBILITY_APPROVAL',
  'ESTIMATE_APPROVAL',
  'PLANNING_PERMIT',
  'CONSTRUCTION_PERMIT',
  'CONTRACT',
  'CHANGE_ORDER',
  'PAYMENT_APPLICATION',
  'INVOICE',
  'BANK_RECEIPT',
  'ACCEPTANCE_REPORT',
  'SETTLEMENT_REPORT',
  'AUDIT_REPORT',
  'FINAL_ACCOUNT',
  'SPECIAL_APPROVAL',
]

/** Whether a document of this type must be anchored by itself: a rule could not see it inside a batch. */
export function isAnchoredSingly(type: DocumentType): boolean {
  return singlyAnchoredTypes.includes(type)
}
