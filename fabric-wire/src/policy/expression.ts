import type { MSPPrincipal, SignaturePolicy, SignaturePolicyEnvelope } from '../messages/index.js'
import { PolicyError } from './error.js'
import { rolePrincipal, ROLES, type PrincipalRole } from './principal.js'

/** An expression as it is written. */
interface Expression {
  readonly n: number
  readonly parts: readonly (Expression | string)[]
}

const TOKEN = /\s*(?:([A-Za-z]+)|(\d+)|'([^'\\]*)'|"([^"\\]*)"|([(),]))/y
const PRINCIPAL = /^([A-Za-z0-9.-]+)\.(admin|member|client|peer|orderer)$/

/**
 * Reads a policy as Fabric's command line does: `AND`, `OR` and `OutOf(n, …)`, nested, over `'MSP.role'`. The result is
 * byte for byte what Fabric makes of it: every mention is a principal of its own, those of inner gates first.
 *
 * @throws {PolicyError} `SYNTAX`
 * @example parsePolicyExpression("OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')")
 */
export function parsePolicyExpression(expression: string): SignaturePolicyEnvelope {
  const tokens = tokenize(expression)
  const tree = readGate(tokens)
  if (tokens.next() !== undefined) throw new PolicyError('SYNTAX', `something follows the policy in ${expression}`)
  const identities: MSPPrincipal[] = []
  return { version: 0, rule: build(tree, identities), identities }
}

interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'mark'
  readonly text: string
}

interface Tokens {
  next(): Token | undefined
}

function tokenize(expression: string): Tokens {
  let position = 0
  return {
    next() {
      if (expression.slice(position).trim() === '') return undefined
      TOKEN.lastIndex = position
      const match = TOKEN.exec(expression)
      if (match === null) throw new PolicyError('SYNTAX', `unexpected text at ${position} of ${expression}`)
      position = TOKEN.lastIndex
      const [, word, number, single, double, mark] = match
      if (word !== undefined) return { kind: 'word', text: word }
      if (number !== undefined) return { kind: 'number', text: number }
      if (mark !== undefined) return { kind: 'mark', text: mark }
      return { kind: 'string', text: single ?? double ?? '' }
    },
  }
}

function readGate(tokens: Tokens): Expression {
  const token = tokens.next()
  if (token?.kind !== 'word') throw new PolicyError('SYNTAX', 'a policy begins with AND, OR or OutOf')
  return readArguments(tokens, token.text)
}

function readArguments(tokens: Tokens, word: string): Expression {
  const gate = GATES.get(word)
  if (gate === undefined) throw new PolicyError('SYNTAX', `unknown gate ${word}: write AND, OR or OutOf`)
  expect(tokens, '(')
  const n = gate === 'outof' ? readThreshold(tokens) : 0
  const parts: (Expression | string)[] = []
  let mark = gate === 'outof' ? tokens.next()?.text : ','
  while (mark === ',') {
    const token = tokens.next()
    if (token?.kind === 'string') parts.push(token.text)
    else if (token?.kind === 'word') parts.push(readArguments(tokens, token.text))
    else throw new PolicyError('SYNTAX', `expected 'MSP.role' or a gate, found ${token?.text ?? 'the end'}`)
    mark = tokens.next()?.text
  }
  if (mark !== ')' || parts.length === 0)
    throw new PolicyError('SYNTAX', `${word} lacks arguments or its closing bracket`)
  const threshold = gate === 'and' ? parts.length : gate === 'or' ? 1 : n
  // Fabric permits one more than there are parts: a policy that nobody can satisfy.
  if (threshold > parts.length + 1) throw new PolicyError('SYNTAX', `${threshold} out of ${parts.length} can't be`)
  return { n: threshold, parts }
}

const GATES: ReadonlyMap<string, 'and' | 'or' | 'outof'> = new Map([
  ...['AND', 'And', 'and'].map((word) => [word, 'and'] as const),
  ...['OR', 'Or', 'or'].map((word) => [word, 'or'] as const),
  ...['OUTOF', 'OutOf', 'outof'].map((word) => [word, 'outof'] as const),
])

function readThreshold(tokens: Tokens): number {
  const token = tokens.next()
  if (token === undefined || token.kind === 'word' || !/^\d{1,9}$/.test(token.text)) {
    throw new PolicyError('SYNTAX', `OutOf begins with a number, not ${token?.text ?? 'the end'}`)
  }
  return Number(token.text)
}

function expect(tokens: Tokens, text: string): void {
  const token = tokens.next()
  if (token?.kind !== 'mark' || token.text !== text) throw new PolicyError('SYNTAX', `expected ${text}`)
}

/** Inner gates first, as Fabric evaluates the arguments of a gate before the gate itself. */
function build({ n, parts }: Expression, identities: MSPPrincipal[]): SignaturePolicy {
  const inner = parts.map((part) => (typeof part === 'string' ? part : build(part, identities)))
  const rules = inner.map((part) => (typeof part === 'string' ? signedBy(part, identities) : part))
  return { signedBy: undefined, nOutOf: { n, rules } }
}

function signedBy(principal: string, identities: MSPPrincipal[]): SignaturePolicy {
  const [, mspid, role] = PRINCIPAL.exec(principal) ?? []
  if (mspid === undefined || !isRole(role)) {
    throw new PolicyError(
      'SYNTAX',
      `'${principal}' is no principal: write 'MSP.role' with ${Object.keys(ROLES).join(', ')}`,
    )
  }
  identities.push(rolePrincipal(mspid, role))
  return { signedBy: identities.length - 1, nOutOf: undefined }
}

function isRole(role: string | undefined): role is PrincipalRole {
  return role !== undefined && Object.hasOwn(ROLES, role)
}
