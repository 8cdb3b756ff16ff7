export { conditionOf } from './conditions.js'
export type { Acting, Condition } from './condition.js'
export { explainRules, sameVerdict, type Explained } from './explain-rules.js'
export { parseExceptionExplanation, parseExplanation } from './explanation.js'
export type {
  ExceptionExplanation,
  ExplainedActing,
  ExplainedCondition,
  ExplainedRule,
  Explanation,
} from './explanation.js'
export { inChinese } from './chinese.js'
export { excessOf, inWords, type FigureUnit } from './figures.js'
