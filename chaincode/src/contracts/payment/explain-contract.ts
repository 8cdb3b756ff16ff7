import { canonicalize, isProjectCode } from '@caizheng/records'
import { Info, Returns, Transaction } from 'fabric-contract-api'
import { explainApplication } from '../../business/explain-application.js'
import { explainException, listExceptions } from '../../business/list-exceptions.js'
import { State } from '../../business/state.js'
import { readPageSize, readText } from '../../guards/input.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Why things are as they are: nothing is written, and whoever may read the channel may ask. */
@Info({ title: 'ExplainContract', description: 'Verdicts in words, judged again; exceptions' })
export class ExplainContract extends CaizhengContract {
  constructor() {
    super('ExplainContract')
  }

  /**
   * Every verdict of a payment application, judged again with the settings and rules of its day.
   *
   * @returns canonical JSON of an `Explanation`
   * @throws {Refusal} `RECORD_NOT_FOUND`
   */
  @Transaction(false)
  @Returns('string')
  async Explain(ctx: CallContext, applicationNo: string): Promise<string> {
    return canonicalize(await explainApplication(new State(ctx.stub), applicationNo))
  }

  /**
   * What a project's list of exceptions has, oldest first.
   *
   * @returns canonical JSON of an `ExceptionPage`
   */
  @Transaction(false)
  @Returns('string')
  async ListExceptions(ctx: CallContext, project: string, pageSize: string, bookmark: string): Promise<string> {
    readText('project', project, isProjectCode, 'must be a project code such as 2303-331003-04-01-000001')
    return canonicalize(await listExceptions(ctx.stub, project, readPageSize(pageSize), bookmark))
  }

  /**
   * Why a rule marked or alerted, judged again from the facts that the entry keeps.
   *
   * @param id of an entry, as the list gives it
   * @returns canonical JSON of an `ExceptionExplanation`
   * @throws {Refusal} `RECORD_NOT_FOUND`
   */
  @Transaction(false)
  @Returns('string')
  async ExplainException(ctx: CallContext, id: string): Promise<string> {
    return canonicalize(await explainException(new State(ctx.stub), id))
  }
}
