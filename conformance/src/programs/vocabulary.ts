/**
 * The words of random programs. Keys of two kinds, kept apart: those that are deleted carry no policy, and those that
 * carry one are never deleted.
 */
export const plainKeys = ['a', 'a\0', 'ab', '中', '\uffee', '😀'] as const
export const guardedKeys = ['g1', 'g2'] as const
/** What `fill` writes below. */
export const rows = 'r'

/** The deployments of the suite that programs call, and their collections. */
export const namespaces: Readonly<Record<string, readonly string[]>> = {
  'any-two': [],
  'all-three': [],
  private: ['shared', 'members', 'guarded', '_implicit_org_FinanceMSP'],
  'private-all-three': ['shared', 'light', '_implicit_org_FinanceMSP'],
}

/** Whose peers keep the values of the collections above; the implicit one is finance's alone. */
export const members = (collection: string): readonly string[] =>
  collection.startsWith('_implicit') ? ['FinanceMSP'] : ['FinanceMSP', 'AuditMSP']
