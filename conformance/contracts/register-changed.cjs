'use strict'

/* global Buffer */

// The same contract in the hands of a department that changed it: it endorses whatever its members ask for.
const { registerContract } = require('./register.cjs')

const ChangedContract = registerContract()

/** `steps`: JSON of ["put", key, value], ["delete", key] and ["policy", key, base64]. */
ChangedContract.prototype.Do = async function (ctx, steps) {
  for (const [what, key, value] of JSON.parse(steps)) {
    if (what === 'put') await ctx.stub.putState(key, Buffer.from(JSON.stringify(value)))
    if (what === 'delete') await ctx.stub.deleteState(key)
    if (what === 'policy') await ctx.stub.setStateValidationParameter(key, Buffer.from(value, 'base64'))
  }
}

module.exports = { contracts: [ChangedContract] }
