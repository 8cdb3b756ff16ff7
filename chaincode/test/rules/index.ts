import { ceilings } from './ceilings.js'
import { closing } from './closing.js'
import { deadlines } from './deadlines.js'
import { documents } from './documents.js'
import { lifecycle } from './lifecycle.js'
import { matching } from './matching.js'
import { settlement } from './settlement.js'
import type { RuleCase } from './rule-case.js'

/** The tables of all rules: `docs/rules.md` quotes a row that passes and one that fires of each. */
export const ruleCases: readonly RuleCase[] = [
  ...ceilings,
  ...matching,
  ...lifecycle,
  ...documents,
  ...deadlines,
  ...settlement,
  ...closing,
]

/** The rules from approval to settlement. The others wait for publication and evaluation. */
export const firstHalf: readonly string[] = [
  ...['R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R09', 'R10', 'R11', 'R12', 'R14', 'R15', 'R16', 'R17'],
  ...['R18', 'R19', 'R20', 'R21', 'R23', 'R24', 'R25', 'R26', 'R27', 'R28', 'R29', 'R30', 'R31', 'R32', 'R33', 'R35'],
  ...['R36', 'R37', 'R38', 'R39', 'R41', 'R42', 'R44', 'R45', 'R46', 'R47'],
]
