/**
 * The roles in which a person acts, with their Chinese names, and whose certificates may assert them unless a settings record
 * says another: a department that could issue the supervisor's or the tax office's certificates could forge their signatures.
 */
export const roles = {
  CONSORTIUM_ADMIN: { zh: '联盟管理员', msps: ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'] },
  BUDGET_OFFICER: { zh: '预算指标经办', msps: ['FinanceMSP'] },
  FINANCE_REVIEWER: { zh: '财政评审', msps: ['FinanceMSP'] },
  FINANCE_APPROVER: { zh: '财政支付审核', msps: ['FinanceMSP'] },
  AUDIT_WITNESS: { zh: '审计旁证', msps: ['AuditMSP'] },
  DEVELOPMENT_OFFICER: { zh: '发改经办', msps: ['DevelopmentMSP'] },
  PLANNING_OFFICER: { zh: '规划经办', msps: ['PlanningMSP'] },
  CONSTRUCTION_OFFICER: { zh: '住建经办', msps: ['ConstructionMSP'] },
  TAX_ATTESTER: { zh: '税务核验', msps: ['TaxMSP'] },
  BANK_ATTESTER: { zh: '代理银行', msps: ['BankMSP'] },
  OWNER_PROJECT_LEAD: { zh: '建设单位项目负责人', msps: ['PartiesMSP'] },
  OWNER_PAYMENT_OFFICER: { zh: '建设单位支付经办', msps: ['PartiesMSP'] },
  CONTRACTOR_PROJECT_MANAGER: { zh: '施工单位项目经理', msps: ['PartiesMSP'] },
  CONTRACTOR_CLERK: { zh: '施工单位资料员', msps: ['PartiesMSP'] },
  CHIEF_SUPERVISION_ENGINEER: { zh: '总监理工程师', msps: ['PartiesMSP'] },
  SUPERVISION_ENGINEER: { zh: '监理工程师', msps: ['PartiesMSP'] },
  SURVEY_LEAD: { zh: '勘察负责人', msps: ['PartiesMSP'] },
  DESIGN_LEAD: { zh: '设计负责人', msps: ['PartiesMSP'] },
  COST_ENGINEER: { zh: '造价工程师', msps: ['PartiesMSP'] },
} as const satisfies Record<string, { readonly zh: string; readonly msps: readonly string[] }>

export type Role = keyof typeof roles

/** Every role. */
export const roleNames = Object.keys(roles) as [Role, ...Role[]]
