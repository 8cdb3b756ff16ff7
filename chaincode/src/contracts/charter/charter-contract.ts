import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { bootstrap } from '../../transactions/charter/bootstrap.js'
import { consent } from '../../transactions/charter/consent.js'
import { getProposal, propose, proposing } from '../../transactions/charter/propose.js'
import { suspendPerson } from '../../transactions/charter/suspend-person.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Who takes part, in which role, and under which modes and parameters of the rules. */
@Info({ title: 'CharterContract', description: 'Participants and settings' })
export class CharterContract extends CaizhengContract {
  constructor() {
    super('CharterContract')
  }

  @Transaction()
  @Returns('string')
  Bootstrap(ctx: CallContext, request: string): Promise<string> {
    return bootstrap(ctx, request)
  }

  @Transaction()
  @Returns('string')
  RegisterOrganisation(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposing('RegisterOrganisation'), request)
  }

  @Transaction()
  @Returns('string')
  RegisterPerson(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposing('RegisterPerson'), request)
  }

  @Transaction()
  @Returns('string')
  WithdrawPerson(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposing('WithdrawPerson'), request)
  }

  @Transaction()
  @Returns('string')
  SetSettings(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposing('SetSettings'), request)
  }

  @Transaction()
  @Returns('string')
  OpenBackfill(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposing('OpenBackfill'), request)
  }

  @Transaction()
  @Returns('string')
  RestorePerson(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposing('RestorePerson'), request)
  }

  @Transaction()
  @Returns('string')
  Propose(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, propose, request)
  }

  @Transaction()
  @Returns('string')
  Consent(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, consent, request)
  }

  @Transaction()
  @Returns('string')
  SuspendPerson(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, suspendPerson, request)
  }

  @Transaction(false)
  @Returns('string')
  GetProposal(ctx: CallContext, id: string): Promise<string> {
    return getProposal(ctx, id)
  }
}
