'use strict'

/* global Buffer */

// Contracts and what is paid of them, with three rules: a contract is registered once, no more is paid than it is worth,
// and a settled one is closed. What every honest organisation runs.
const { Contract } = require('fabric-contract-api')

const contractKey = (id) => `contract:${id}`
const totalKey = (id) => `total:${id}`

/** A new class each time, so that a changed build can add to its own. */
function registerContract() {
  return class RegisterContract extends Contract {
    constructor() {
      super('RegisterContract')
    }

    async Register(ctx, id, worth, policy) {
      if ((await read(ctx, contractKey(id))) !== undefined) throw new Error(`contract ${id} is registered already`)
      await write(ctx, contractKey(id), { worth: Number(worth), settled: false })
      await write(ctx, totalKey(id), { paid: 0 })
      if (policy === '') return
      await ctx.stub.setStateValidationParameter(contractKey(id), Buffer.from(policy, 'base64'))
      await ctx.stub.setStateValidationParameter(totalKey(id), Buffer.from(policy, 'base64'))
    }

    async Pay(ctx, id, amount) {
      const { worth, settled } = await open(ctx, id)
      if (settled) throw new Error(`contract ${id} is settled`)
      const { paid } = await read(ctx, totalKey(id))
      if (paid + Number(amount) > worth) throw new Error(`contract ${id} is worth ${worth}`)
      await write(ctx, totalKey(id), { paid: paid + Number(amount) })
    }

    async Settle(ctx, id) {
      const { worth } = await open(ctx, id)
      const { paid } = await read(ctx, totalKey(id))
      if (paid !== worth) throw new Error(`of contract ${id} ${paid} are paid`)
      await write(ctx, contractKey(id), { worth, settled: true })
    }

    /** Takes a record out of the register; who may is a question of its policy. */
    async Remove(ctx, key) {
      await ctx.stub.deleteState(key)
    }

    async Get(ctx, key) {
      return JSON.stringify((await read(ctx, key)) ?? null)
    }
  }
}

async function open(ctx, id) {
  const contract = await read(ctx, contractKey(id))
  if (contract === undefined) throw new Error(`there is no contract ${id}`)
  return contract
}

async function read(ctx, key) {
  const bytes = await ctx.stub.getState(key)
  return bytes.length === 0 ? undefined : JSON.parse(Buffer.from(bytes).toString())
}

async function write(ctx, key, value) {
  await ctx.stub.putState(key, Buffer.from(JSON.stringify(value)))
}

module.exports = { registerContract, contracts: [registerContract()] }
