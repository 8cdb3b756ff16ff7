import type { Role } from '../parties/roles.js'
import type { FigureUnit } from './figures.js'

/** Who must act: somebody in this role; where it is a party's, of that party. */
export interface Acting {
  readonly role: Role
  readonly of?: 'owner' | 'contractor' | 'supervision'
}

/** What is said of one condition of a rule, for people: what it asks for, and who does what where it is not met. */
export interface Condition {
  /** What must hold; the figures follow where they are money. */
  readonly zh: string
  readonly en: string
  /** What to do where it does not hold, and by whom; the first is the one to turn to. */
  readonly toDoZh: string
  readonly toDoEn: string
  readonly by: readonly Acting[]
  readonly unit: FigureUnit
}

export const contractor: Acting = { role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }
export const clerk: Acting = { role: 'CONTRACTOR_CLERK', of: 'contractor' }
export const ownerPays: Acting = { role: 'OWNER_PAYMENT_OFFICER', of: 'owner' }
export const ownerLeads: Acting = { role: 'OWNER_PROJECT_LEAD', of: 'owner' }
export const chief: Acting = { role: 'CHIEF_SUPERVISION_ENGINEER', of: 'supervision' }
export const tax: Acting = { role: 'TAX_ATTESTER' }
export const budget: Acting = { role: 'BUDGET_OFFICER' }
export const pays: Acting = { role: 'FINANCE_APPROVER' }
export const construction: Acting = { role: 'CONSTRUCTION_OFFICER' }
