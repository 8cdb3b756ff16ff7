import { isAnchoredSingly, type AnchorRequest } from '@caizheng/records'
import type { Route } from './outbox.js'

/** What rules look up, and what replaces another document, must be seen by the chain itself; all else rides in batches. */
export function routeOf({ type, previous }: Pick<AnchorRequest, 'type' | 'previous'>): Route {
  return previous !== undefined || isAnchoredSingly(type) ? 'SINGLE' : 'BATCH'
}
