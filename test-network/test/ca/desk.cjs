'use strict'

/* global Buffer */

// A contract that reads who calls it, as contracts in the field do.
const { Contract } = require('fabric-contract-api')

class DeskContract extends Contract {
  constructor() {
    super('DeskContract')
  }

  async Pay(ctx, voucher) {
    if (!ctx.clientIdentity.assertAttributeValue('role', 'cashier')) throw new Error('only a cashier pays')
    await ctx.stub.putState(voucher, Buffer.from(ctx.clientIdentity.getAttributeValue('hf.EnrollmentID')))
    return voucher
  }

  async PaidBy(ctx, voucher) {
    return (await ctx.stub.getState(voucher)).toString()
  }

  async WhoAmI(ctx) {
    return ctx.clientIdentity.getID()
  }
}

module.exports.contracts = [DeskContract]
