import type { ConsortiumDefinition } from './definition.js'

const loopback = '127.0.0.1'

/**
 * The consortium of a county or district: finance, audit and construction run a node each; the other bureaus, the
 * banks and the parties to the projects have certificates of their own and no node. The four ordering nodes are run
 * by those three bureaus and one public operator, so that no two departments hold a quorum. All addresses are of this
 * machine.
 */
export const defaultConsortium: ConsortiumDefinition = {
  channel: 'fiscal',
  organizations: [
    {
      mspId: 'FinanceMSP',
      name: { zh: '财政局', en: 'Finance bureau' },
      domain: 'finance.fiscal.test',
      peer: { host: loopback, port: 7051 },
    },
    {
      mspId: 'AuditMSP',
      name: { zh: '审计局', en: 'Audit bureau' },
      domain: 'audit.fiscal.test',
      peer: { host: loopback, port: 7061 },
    },
    {
      mspId: 'ConstructionMSP',
      name: { zh: '住建局', en: 'Construction bureau' },
      domain: 'construction.fiscal.test',
      peer: { host: loopback, port: 7071 },
    },
    { mspId: 'DevelopmentMSP', name: { zh: '发改局', en: 'Development bureau' }, domain: 'development.fiscal.test' },
    {
      mspId: 'PlanningMSP',
      name: { zh: '自然资源和规划局', en: 'Planning bureau' },
      domain: 'planning.fiscal.test',
    },
    { mspId: 'TaxMSP', name: { zh: '税务局', en: 'Tax bureau' }, domain: 'tax.fiscal.test' },
    { mspId: 'BankMSP', name: { zh: '银行', en: 'Banks' }, domain: 'bank.fiscal.test' },
    // Owner, contractor, supervision firm and cost consultant: an authority that no department runs, or the
    // department could forge their signatures
    { mspId: 'PartiesMSP', name: { zh: '项目参建各方', en: 'Parties to the projects' }, domain: 'parties.fiscal.test' },
  ],
  ordererOrganizations: [
    {
      mspId: 'FinanceOrdererMSP',
      name: { zh: '财政局排序节点', en: 'Finance bureau, ordering' },
      domain: 'ord-finance.fiscal.test',
    },
    {
      mspId: 'AuditOrdererMSP',
      name: { zh: '审计局排序节点', en: 'Audit bureau, ordering' },
      domain: 'ord-audit.fiscal.test',
    },
    {
      mspId: 'ConstructionOrdererMSP',
      name: { zh: '住建局排序节点', en: 'Construction bureau, ordering' },
      domain: 'ord-construction.fiscal.test',
    },
    {
      mspId: 'NationalOrdererMSP',
      name: { zh: '公共排序节点', en: 'Public operator, ordering' },
      domain: 'ord-national.fiscal.test',
    },
  ],
  consenters: [
    { id: 1, mspId: 'FinanceOrdererMSP', host: loopback, port: 7101 },
    { id: 2, mspId: 'AuditOrdererMSP', host: loopback, port: 7102 },
    { id: 3, mspId: 'ConstructionOrdererMSP', host: loopback, port: 7103 },
    { id: 4, mspId: 'NationalOrdererMSP', host: loopback, port: 7104 },
  ],
  batch: { maxMessages: 500, absoluteMaxBytes: 10 * 1024 * 1024, preferredMaxBytes: 2 * 1024 * 1024, intervalMs: 50 },
  validity: { authorityYears: 20, identityYears: 10 },
}
