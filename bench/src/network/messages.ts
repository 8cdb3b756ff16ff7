/** What the network's process tells its parent. */
export type FromNetwork =
  | { readonly kind: 'up'; readonly profile: string; readonly trust: string; readonly milliseconds: number }
  | { readonly kind: 'memory'; readonly mebibytes: number }

/** What the parent asks of it. */
export type ToNetwork = { readonly kind: 'memory' } | { readonly kind: 'stop' }
