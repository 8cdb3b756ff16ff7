import { canonicalize, parseContractFault, type ContractErrorCode, type ContractFault } from '@caizheng/records'
import { expect } from 'chai'
import { MAX_ARGUMENT_LENGTH } from '../src/guards/arguments.js'
import { callOf, loadChaincode } from './proposal.js'

const chaincode = loadChaincode()
const id = 'a'.repeat(64)

async function fault(args: (string | Uint8Array)[], time?: Date): Promise<ContractFault> {
  const response = await chaincode.Invoke(callOf(args, time))
  expect(response.status).to.equal(500)
  const found = parseContractFault(response.message ?? '')
  if (found === undefined) throw new Error(`Not a coded refusal: ${response.message}`)
  return found
}

describe('a call that no state is needed to refuse', () => {
  const minutes = (count: number): Date => new Date(Date.now() + count * 60_000)

  it('of an unknown function names the functions that exist', async () => {
    const unknown = await fault(['EvidenceContract:anchorDocument', '{}'])
    expect(unknown.code).to.equal('FUNCTION_UNKNOWN')
    expect(unknown.details['function']).to.equal('EvidenceContract:anchorDocument')
    expect(unknown.details['functions']).to.include('AnchorDocument')
  })

  it('of what every object or contract has is of an unknown function', async () => {
    const inherited = [
      'constructor',
      'toString',
      'createContext',
      'beforeTransaction',
      'aroundTransaction',
      'getName',
      '__proto__',
      '',
    ]
    for (const name of inherited) {
      expect((await fault([`EvidenceContract:${name}`])).code, name).to.equal('FUNCTION_UNKNOWN')
    }
  })

  it('with too few or too many arguments says how many', async () => {
    for (const args of [[], [id, id]]) {
      const wrong = await fault(['EvidenceContract:GetAnchor', ...args])
      expect(wrong).to.deep.include({
        code: 'ARGUMENTS_COUNT',
        details: { function: 'GetAnchor', expected: 1, actual: args.length },
      })
    }
    expect((await fault(['EvidenceContract:GetNetwork', ''])).code).to.equal('ARGUMENTS_COUNT')
    expect((await fault(['GetAnchor'])).code).to.equal('ARGUMENTS_COUNT')
  })

  it('more than five minutes from the clock of the node, on either side', async () => {
    for (const off of [-5.1, 5.1, -600, 600]) {
      expect((await fault(['EvidenceContract:GetAnchor', id], minutes(off))).code).to.equal('TIME_OUT_OF_RANGE')
      expect((await fault(['EvidenceContract:AnchorDocument', '{}'], minutes(off))).code).to.equal('TIME_OUT_OF_RANGE')
    }
    // Within them the call gets as far as its argument.
    for (const off of [-4.9, 4.9]) {
      expect((await fault(['EvidenceContract:AnchorDocument', '{}'], minutes(off))).code).to.equal('ARGUMENT_MALFORMED')
    }
  })

  const page = ['10', '']
  const malformed: [ContractErrorCode, string, ...(string | Uint8Array)[]][] = [
    ['ARGUMENT_TOO_LARGE', 'AnchorDocument', 'x'.repeat(MAX_ARGUMENT_LENGTH + 1)],
    ['ARGUMENT_NOT_CANONICAL', 'AnchorDocument', ''],
    ['ARGUMENT_NOT_CANONICAL', 'AnchorDocument', '{"a":'],
    ['ARGUMENT_NOT_CANONICAL', 'AnchorDocument', '{"a":1,"a":1}'],
    ['ARGUMENT_NOT_CANONICAL', 'AnchorDocument', '{ "a":1}'],
    ['ARGUMENT_NOT_CANONICAL', 'AnchorDocument', '[0.5]'],
    ['ARGUMENT_NOT_CANONICAL', 'AnchorDocument', '['.repeat(8000) + ']'.repeat(8000)],
    ['ARGUMENT_MALFORMED', 'AnchorDocument', 'null'],
    ['ARGUMENT_MALFORMED', 'AnchorDocument', '[]'],
    ['ARGUMENT_MALFORMED', 'AnchorDocument', '{"__proto__x":1}'],
    ['ARGUMENT_MALFORMED', 'Bootstrap', canonicalize({ genesis: id, organizations: [] })],
    ['ARGUMENT_MALFORMED', 'AnchorBatch', canonicalize({ lane: 'x', leafFormat: 'caizheng-leaf-v1', size: 1 })],
    ['ARGUMENT_NOT_CANONICAL', 'AnchorBatch', '{"size":1,"lane":"x"}'],
    ['ARGUMENT_MALFORMED', 'GetBatch', 'x'],
    ['ARGUMENT_MALFORMED', 'GetLane', 'A'.repeat(64)],
    ['ARGUMENT_MALFORMED', 'ListLanes', '10', 'x'],
    ['ARGUMENT_MALFORMED', 'ListBatches', id, '0', '10'],
    ['ARGUMENT_MALFORMED', 'ListBatches', id, '1', '101'],
    ['ARGUMENT_MALFORMED', 'GetCheckpoint', '01'],
    ['ARGUMENT_MALFORMED', 'Checkpoint', canonicalize({ lanes: [], number: 1 })],
    [
      'ARGUMENT_MALFORMED',
      'Checkpoint',
      canonicalize({
        lanes: [
          { id, through: 1 },
          { id, through: 2 },
        ],
        number: 1,
      }),
    ],
    ['ARGUMENT_MALFORMED', 'GetAnchor', 'A'.repeat(64)],
    ['ARGUMENT_MALFORMED', 'GetAnchor', Uint8Array.of(0xff, 0xfe)],
    ['ARGUMENT_MALFORMED', 'FindByDigest', 'md5', id, ...page],
    ['ARGUMENT_MALFORMED', 'FindByDigest', 'sha256', 'x', ...page],
    ['ARGUMENT_MALFORMED', 'FindByDigest', 'sha256', id, '0', ''],
    ['ARGUMENT_MALFORMED', 'FindByDigest', 'sha256', id, '101', ''],
    ['ARGUMENT_MALFORMED', 'FindByDigest', 'sha256', id, '1e1', ''],
    ['ARGUMENT_MALFORMED', 'FindByDigest', 'sha256', id, '10', '\u0000anchor-by-project\u0000'],
    ['ARGUMENT_MALFORMED', 'ListByProject', '2303-331003-04-01-00001', ...page],
    ['ARGUMENT_MALFORMED', 'ListVersions', 'x', ...page],
  ]
  for (const [code, name, ...args] of malformed) {
    it(`${name}(${args.map((argument) => JSON.stringify(String(argument).slice(0, 30))).join(', ')}): ${code}`, async () => {
      expect((await fault([`EvidenceContract:${name}`, ...args])).code).to.equal(code)
    })
  }

  it('Bootstrap by an organisation that is not among those it names', async () => {
    const request = canonicalize({ genesis: id, organizations: ['AuditMSP', 'ConstructionMSP'] })
    expect(await fault(['EvidenceContract:Bootstrap', request])).to.deep.include({
      code: 'CALLER_NOT_ALLOWED',
      details: { caller: 'FinanceMSP', organizations: ['AuditMSP', 'ConstructionMSP'] },
    })
  })
})
