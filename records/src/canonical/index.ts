export { canonicalBytes, canonicalize, MAX_DEPTH, type CanonicalValue } from './canonicalize.js'
export { isWellFormed } from './well-formed.js'
export { CanonicalError, type CanonicalErrorCode } from './error.js'
export { parseCanonical } from './parse.js'
