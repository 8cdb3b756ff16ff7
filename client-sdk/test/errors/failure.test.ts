import { expect } from 'chai'
import { status } from '@grpc/grpc-js'
import { contractErrors, formatContractFault, type ContractErrorCode } from '@caizheng/records'
import { EndorseError, errorAt, guideTo, SubmitError } from '../../src/errors/caizheng-error.js'
import { clientErrors } from '../../src/errors/codes.js'
import { errorFrom, isOutcomeUnknown, type GatewayFailure } from '../../src/errors/failure.js'

function failure(change: Partial<GatewayFailure>): GatewayFailure {
  return { stage: 'endorse', status: status.ABORTED, message: '10 ABORTED: x', organizations: [], ...change }
}

const from = (mspId: string, message: string) => ({ mspId, address: `${mspId}.example:7051`, message })

describe('errors', () => {
  it('carry the code of a contract, with what each organisation said', () => {
    for (const code of Object.keys(contractErrors) as ContractErrorCode[]) {
      const text = `chaincode response 500, ${formatContractFault(code, { id: 'a' })}`
      const error = errorFrom(
        failure({
          message: '10 ABORTED: failed to endorse transaction, see attached details for more info',
          organizations: [from('AuditMSP', text)],
          transactionId: 'ab',
        }),
      )
      expect(error).to.be.instanceOf(EndorseError)
      expect(error.code).to.equal(code)
      expect(error.details).to.deep.equal({ id: 'a' })
      expect(error.transactionId).to.equal('ab')
      expect(error.organizations.map(({ mspId }) => mspId)).to.deep.equal(['AuditMSP'])
      expect(error.next).to.equal(contractErrors[code].nextEn)
    }
  })

  it('never only point at attached details', () => {
    const error = errorFrom(
      failure({
        message: '10 ABORTED: failed to collect enough transaction endorsements, see attached details for more info',
        organizations: [from('AuditMSP', 'connection refused')],
      }),
    )
    expect(error.message).not.to.match(/attached details/)
    expect(error.message).to.include('AuditMSP: connection refused')
  })

  const cases: readonly (readonly [expected: string, change: Partial<GatewayFailure>])[] = [
    ['NOT_REACHABLE', { status: status.UNAVAILABLE, message: '14 UNAVAILABLE: No connection established' }],
    ['TIMED_OUT', { status: status.DEADLINE_EXCEEDED }],
    ['OVERLOADED', { status: status.RESOURCE_EXHAUSTED }],
    [
      'OVERLOADED',
      {
        message: 'too many requests for /gateway.Gateway, exceeding concurrency limit (500)',
        status: status.UNAVAILABLE,
      },
    ],
    ['NOT_PERMITTED', { status: status.PERMISSION_DENIED }],
    [
      'NOT_PERMITTED',
      { status: status.UNKNOWN, message: '2 UNKNOWN: error validating proposal: access denied: channel' },
    ],
    [
      'NOT_ENOUGH_ORGANIZATIONS',
      {
        status: status.FAILED_PRECONDITION,
        message:
          '9 FAILED_PRECONDITION: no combination of peers can be derived which satisfy the endorsement policy: required chaincodes are not installed',
      },
    ],
    [
      'ENDORSEMENTS_DIFFER',
      { message: '10 ABORTED: failed to assemble transaction: ProposalResponsePayloads do not match' },
    ],
    ['CHAINCODE_FAILED', { organizations: [from('AuditMSP', 'chaincode response 500, not JSON')] }],
    [
      'CHAINCODE_NOT_FOUND',
      {
        organizations: [
          from(
            'AuditMSP',
            'make sure the chaincode nothing has been successfully defined on channel fiscal and try again',
          ),
        ],
      },
    ],
    [
      'CHAINCODE_UNAVAILABLE',
      {
        organizations: [
          from(
            'AuditMSP',
            'error in simulation: failed to execute transaction ab: could not launch chaincode evidence:1: connection failed',
          ),
        ],
      },
    ],
    ['UNEXPECTED', { status: status.DATA_LOSS }],
  ]
  for (const [expected, change] of cases) {
    it(`tell ${expected} from ${change.message ?? change.organizations?.[0]?.message ?? String(change.status)}`, () => {
      expect(errorFrom(failure(change)).code).to.equal(expected)
    })
  }

  it('read a refusal by the orderers as certain', () => {
    for (const code of [status.ABORTED, status.INVALID_ARGUMENT, status.PERMISSION_DENIED]) {
      const refused = failure({ stage: 'submit', status: code, message: 'status=BAD_REQUEST' })
      expect(isOutcomeUnknown(refused)).to.equal(false)
      expect(errorFrom(refused)).to.be.instanceOf(SubmitError).with.property('code', 'SUBMIT_REFUSED')
    }
    const full = failure({ stage: 'submit', status: status.RESOURCE_EXHAUSTED })
    expect(isOutcomeUnknown(full)).to.equal(false)
    expect(errorFrom(full).code).to.equal('OVERLOADED')
  })

  it('hold the outcome for unknown where the answer was lost, or the request is being processed', () => {
    for (const code of [
      status.UNAVAILABLE,
      status.DEADLINE_EXCEEDED,
      status.CANCELLED,
      status.INTERNAL,
      status.UNKNOWN,
    ]) {
      expect(isOutcomeUnknown(failure({ stage: 'submit', status: code }))).to.equal(true)
    }
    const busy = 'SERVICE_UNAVAILABLE, info=request already processed'
    expect(isOutcomeUnknown(failure({ stage: 'submit', organizations: [from('', busy)] }))).to.equal(true)
  })

  it('say what to do next, for every code, in both languages', () => {
    for (const [code, guide] of Object.entries({ ...clientErrors, ...contractErrors })) {
      for (const text of Object.values(guide)) expect(text, code).to.match(/\S/)
    }
    expect(errorAt('connect', 'CERTIFICATE_EXPIRED', 'x').next).to.equal(clientErrors.CERTIFICATE_EXPIRED.nextEn)
    expect(guideTo('ANCHOR_CONFLICT').zh).to.equal(contractErrors.ANCHOR_CONFLICT.zh)
  })

  it('keep the two lists of codes apart', () => {
    expect(Object.keys(clientErrors).filter((code) => code in contractErrors)).to.deep.equal([])
  })
})
