import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { createProject } from '../../transactions/charter/create-project.js'
import { recordAttestation } from '../../transactions/charter/record-attestation.js'
import { recordTenderNotice } from '../../transactions/charter/record-tender-notice.js'
import { sealBid } from '../../transactions/charter/seal-bid.js'
import { openBid } from '../../transactions/charter/open-bid.js'
import { recordAward } from '../../transactions/charter/record-award.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Projects and their gates: 立项, 审批, 执行, 验收, 评价. */
@Info({ title: 'ProjectContract', description: 'Projects and their gates' })
export class ProjectContract extends CaizhengContract {
  constructor() {
    super('ProjectContract')
  }

  @Transaction()
  @Returns('string')
  CreateProject(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, createProject, request)
  }

  @Transaction()
  @Returns('string')
  RecordAttestation(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordAttestation, request)
  }

  @Transaction()
  @Returns('string')
  RecordTenderNotice(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordTenderNotice, request)
  }

  @Transaction()
  @Returns('string')
  SealBid(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, sealBid, request)
  }

  @Transaction()
  @Returns('string')
  OpenBid(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, openBid, request)
  }

  @Transaction()
  @Returns('string')
  RecordAward(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordAward, request)
  }
}
