import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { bootstrap } from '../../transactions/charter/bootstrap.js'
import { openBackfill } from '../../transactions/charter/open-backfill.js'
import { registerOrganisation } from '../../transactions/charter/register-organisation.js'
import { registerPerson } from '../../transactions/charter/register-person.js'
import { setSettings } from '../../transactions/charter/set-settings.js'
import { withdrawPerson } from '../../transactions/charter/withdraw-person.js'
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
    return run(ctx, registerOrganisation, request)
  }

  @Transaction()
  @Returns('string')
  RegisterPerson(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, registerPerson, request)
  }

  @Transaction()
  @Returns('string')
  WithdrawPerson(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, withdrawPerson, request)
  }

  @Transaction()
  @Returns('string')
  SetSettings(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, setSettings, request)
  }

  @Transaction()
  @Returns('string')
  OpenBackfill(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, openBackfill, request)
  }
}
