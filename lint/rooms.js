/**
 * The arrows between the rooms, in one place.
 *
 * `imports` is what a room's own code may use, `tests` what its tests may use besides. ESLint forbids everything else
 * (see `eslint.config.js`), and `start/test/rooms.test.ts` holds this table equal to each room's `package.json` and
 * `tsconfig.json`. Why the arrows run this way: `docs/decisions/0001-packages-and-modules.md`.
 *
 * @type {Record<string, { imports: string[], tests: string[] }>}
 */
export const rooms = {
  records: { imports: [], tests: [] },
  'fabric-wire': { imports: [], tests: [] },
  chaincode: { imports: ['records'], tests: [] },
  evidence: { imports: ['records', 'fabric-wire'], tests: [] },
  'client-sdk': { imports: ['records', 'fabric-wire', 'evidence'], tests: ['test-network'] },
  'gateway-api': {
    imports: ['records', 'evidence', 'client-sdk'],
    tests: ['fabric-wire', 'portal', 'test-network', 'chaincode', 'pilots'],
  },
  portal: { imports: ['fabric-wire', 'evidence'], tests: ['records'] },
  'test-network': { imports: ['fabric-wire'], tests: [] },
  network: { imports: ['fabric-wire', 'test-network'], tests: [] },
  conformance: { imports: ['fabric-wire', 'test-network', 'network'], tests: [] },
  audit: { imports: ['records', 'fabric-wire', 'chaincode', 'evidence', 'client-sdk'], tests: ['test-network'] },
  pilots: {
    imports: ['records', 'fabric-wire', 'client-sdk'],
    tests: ['chaincode', 'evidence', 'audit', 'test-network', 'network'],
  },
  bench: {
    imports: ['audit', 'chaincode', 'evidence', 'client-sdk', 'test-network', 'network', 'pilots', 'records', 'start'],
    tests: [],
  },
  start: {
    imports: [
      'records',
      'fabric-wire',
      'chaincode',
      'evidence',
      'client-sdk',
      'gateway-api',
      'portal',
      'test-network',
      'network',
      'pilots',
    ],
    tests: [],
  },
}
