'use strict'

/* global Buffer, setTimeout */

// A contract that does one thing a function, so that each behaviour of a network can be met alone. It is written in
// plain JavaScript, as many contracts in the field are.
const { Contract } = require('fabric-contract-api')

const text = (bytes) => Buffer.from(bytes).toString()

async function collect(iterator) {
  const rows = []
  for (let row = await iterator.next(); !row.done; row = await iterator.next()) rows.push(row.value)
  await iterator.close()
  return rows
}

async function collectPrivate(ctx, collection, start, end) {
  const rows = []
  for await (const row of ctx.stub.getPrivateDataByRange(collection, start, end)) rows.push(row)
  return rows
}

const LAST = '\u{10ffff}'

/**
 * What the steps of a random program do. Every key begins with the program's prefix, which is added here, so that the
 * same program can run again on a network that has run it before.
 */
const steps = {
  get: async ({ stub }, prefix, key) => text(await stub.getState(prefix + key)),
  put: async ({ stub }, prefix, key, value) => {
    await stub.putState(prefix + key, Buffer.from(value))
  },
  fill: async ({ stub }, prefix, key, count) => {
    for (let i = 0; i < count; i += 1) {
      await stub.putState(prefix + key + String(i).padStart(2, '0'), Buffer.from(String(i)))
    }
  },
  delete: async ({ stub }, prefix, key) => {
    await stub.deleteState(prefix + key)
  },
  range: async ({ stub }, prefix, start, end) =>
    rowsOf(prefix, await collect(await stub.getStateByRange(prefix + start, prefix + (end || LAST)))),
  page: async ({ stub }, prefix, start, end, size) => {
    const page = await stub.getStateByRangeWithPagination(prefix + start, prefix + (end || LAST), size, '')
    return rowsOf(prefix, await collect(page.iterator))
  },
  setPolicy: async ({ stub }, prefix, key, policy) => {
    await stub.setStateValidationParameter(prefix + key, Buffer.from(policy, 'base64'))
  },
  getPolicy: async ({ stub }, prefix, key) =>
    Buffer.from((await stub.getStateValidationParameter(prefix + key)) ?? []).toString('base64'),
  event: async ({ stub }, prefix, name, payload) => {
    await stub.setEvent(name, Buffer.from(payload))
  },
  call: async ({ stub }, prefix, chaincode, called) => {
    const response = await stub.invokeChaincode(chaincode, ['Run', prefix, JSON.stringify(called)], '')
    if (response.status !== 200) throw new Error(`${chaincode} answered ${response.status}: ${response.message}`)
    return JSON.parse(text(response.payload))
  },
  getPrivate: async ({ stub }, prefix, collection, key) => text(await stub.getPrivateData(collection, prefix + key)),
  getHash: async ({ stub }, prefix, collection, key) =>
    Buffer.from(await stub.getPrivateDataHash(collection, prefix + key)).toString('hex'),
  putPrivate: async ({ stub }, prefix, collection, key, transient) => {
    await stub.putPrivateData(collection, prefix + key, stub.getTransient().get(transient))
  },
  deletePrivate: async ({ stub }, prefix, collection, key) => {
    await stub.deletePrivateData(collection, prefix + key)
  },
  purge: async ({ stub }, prefix, collection, key) => {
    await stub.purgePrivateData(collection, prefix + key)
  },
  rangePrivate: async (ctx, prefix, collection, start, end) =>
    rowsOf(prefix, await collectPrivate(ctx, collection, prefix + start, prefix + (end || LAST))),
  setPrivatePolicy: async ({ stub }, prefix, collection, key, policy) => {
    await stub.setPrivateDataValidationParameter(collection, prefix + key, Buffer.from(policy, 'base64'))
  },
  getPrivatePolicy: async ({ stub }, prefix, collection, key) =>
    Buffer.from((await stub.getPrivateDataValidationParameter(collection, prefix + key)) ?? []).toString('base64'),
}

const rowsOf = (prefix, rows) => rows.map(({ key, value }) => [key.slice(prefix.length), text(value)])

class ProbeContract extends Contract {
  constructor() {
    super('ProbeContract')
    this.calls = 0
  }

  async Put(ctx, key, value) {
    await ctx.stub.putState(key, Buffer.from(value))
    return value
  }

  async Get(ctx, key) {
    const value = await ctx.stub.getState(key)
    if (value.length === 0) throw new Error(`no value at ${key}`)
    return text(value)
  }

  async Delete(ctx, key) {
    await ctx.stub.deleteState(key)
  }

  /** Reads and writes one key: two of them at once conflict. */
  async Increment(ctx, key) {
    const next = Number(text(await ctx.stub.getState(key)) || '0') + 1
    await ctx.stub.putState(key, Buffer.from(String(next)))
    return String(next)
  }

  /** What it wrote is not what it reads: a simulation sees the committed state only. */
  async PutThenGet(ctx, key, value) {
    await ctx.stub.putState(key, Buffer.from(value))
    return text(await ctx.stub.getState(key))
  }

  async PutMany(ctx, prefix, count) {
    for (let i = 0; i < Number(count); i += 1) {
      await ctx.stub.putState(prefix + String(i).padStart(5, '0'), Buffer.from(String(i)))
    }
  }

  async Range(ctx, start, end) {
    const rows = await collect(await ctx.stub.getStateByRange(start, end))
    return JSON.stringify(rows.map(({ key }) => key))
  }

  /** Reads a range and writes a key: a row that appears meanwhile is a phantom. */
  async CountInto(ctx, start, end, target) {
    const rows = await collect(await ctx.stub.getStateByRange(start, end))
    await ctx.stub.putState(target, Buffer.from(String(rows.length)))
    return String(rows.length)
  }

  async Page(ctx, start, end, size, bookmark) {
    const { iterator, metadata } = await ctx.stub.getStateByRangeWithPagination(start, end, Number(size), bookmark)
    const rows = await collect(iterator)
    return JSON.stringify({ keys: rows.map(({ key }) => key), ...metadata })
  }

  async PageThenPut(ctx, start, end) {
    await ctx.stub.getStateByRangeWithPagination(start, end, 1, '')
    await ctx.stub.putState('after-page', Buffer.from('1'))
  }

  async History(ctx, key) {
    const rows = await collect(await ctx.stub.getHistoryForKey(key))
    return JSON.stringify(rows.map(({ txId, isDelete, value }) => ({ txId, isDelete, value: text(value) })))
  }

  async RichQuery(ctx) {
    await ctx.stub.getQueryResult('{"selector":{}}')
  }

  async Emit(ctx, name, payload) {
    ctx.stub.setEvent(name, Buffer.from(payload))
    await ctx.stub.putState(`event-${name}`, Buffer.from(payload))
  }

  async Fail(ctx, message) {
    await ctx.stub.putState('never-written', Buffer.from(message))
    throw new Error(message)
  }

  /** Each organisation's instance counts its own calls, so that two of them rarely agree. */
  async Nondeterministic(ctx, key) {
    this.calls += 1
    await ctx.stub.putState(key, Buffer.from(String(this.calls + Math.random())))
  }

  async SetKeyPolicy(ctx, key, policy) {
    await ctx.stub.setStateValidationParameter(key, Buffer.from(policy, 'base64'))
  }

  async CallOther(ctx, chaincode, args) {
    const response = await ctx.stub.invokeChaincode(chaincode, JSON.parse(args), '')
    if (response.status !== 200) throw new Error(`${chaincode} answered ${response.status}: ${response.message}`)
    return text(response.payload)
  }

  async WhoAmI(ctx) {
    return ctx.clientIdentity.getMSPID()
  }

  /** The organisation whose peer asks, not the one whose client does. */
  async WhosePeer(ctx) {
    return ctx.stub.getMspID()
  }

  async Slow(ctx, milliseconds) {
    await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)))
    return 'done'
  }

  async Transient(ctx, name) {
    return text(ctx.stub.getTransient().get(name) ?? '')
  }

  /** The value comes by transient data, as it should: arguments stay in blocks for ever. */
  async PutPrivate(ctx, collection, key) {
    await ctx.stub.putPrivateData(collection, key, ctx.stub.getTransient().get('value'))
  }

  async GetPrivate(ctx, collection, key) {
    return text(await ctx.stub.getPrivateData(collection, key))
  }

  async PrivateHash(ctx, collection, key) {
    return Buffer.from(await ctx.stub.getPrivateDataHash(collection, key)).toString('hex')
  }

  async DeletePrivate(ctx, collection, key) {
    await ctx.stub.deletePrivateData(collection, key)
  }

  async PurgePrivate(ctx, collection, key) {
    await ctx.stub.purgePrivateData(collection, key)
  }

  async IncrementPrivate(ctx, collection, key) {
    const next = Number(text(await ctx.stub.getPrivateData(collection, key)) || '0') + 1
    await ctx.stub.putPrivateData(collection, key, Buffer.from(String(next)))
  }

  async PutPrivateThenGet(ctx, collection, key) {
    await ctx.stub.putPrivateData(collection, key, ctx.stub.getTransient().get('value'))
    return text(await ctx.stub.getPrivateData(collection, key))
  }

  async PutPrivateMany(ctx, collection, prefix, count) {
    for (let i = 0; i < Number(count); i += 1) {
      await ctx.stub.putPrivateData(collection, prefix + String(i).padStart(5, '0'), Buffer.from(String(i)))
    }
  }

  async PrivateRange(ctx, collection, start, end) {
    const rows = await collectPrivate(ctx, collection, start, end)
    return JSON.stringify(rows.map(({ key, value }) => [key, text(value)]))
  }

  async PrivateRangeThenPut(ctx, collection, start, end) {
    await collectPrivate(ctx, collection, start, end)
    await ctx.stub.putState('after-range', Buffer.from('1'))
  }

  async PutThenPrivateRange(ctx, collection, start, end) {
    await ctx.stub.putState('before-range', Buffer.from('1'))
    await collectPrivate(ctx, collection, start, end)
  }

  async PrivateRichQuery(ctx, collection) {
    await ctx.stub.getPrivateDataQueryResult(collection, '{"selector":{}}')
  }

  async SetPrivateKeyPolicy(ctx, collection, key, policy) {
    await ctx.stub.setPrivateDataValidationParameter(collection, key, Buffer.from(policy, 'base64'))
  }

  async PrivateKeyPolicy(ctx, collection, key) {
    return Buffer.from((await ctx.stub.getPrivateDataValidationParameter(collection, key)) ?? []).toString('base64')
  }

  /** A public key, a private key, and the same key deleted and purged in two collections: one of each in a transaction. */
  async WriteEverywhere(ctx, key, first, second) {
    await ctx.stub.putState(key, Buffer.from('public'))
    await ctx.stub.putPrivateData(first, `${key}b`, Buffer.from('b'))
    await ctx.stub.putPrivateData(first, `${key}a`, Buffer.from('a'))
    await ctx.stub.deletePrivateData(second, `${key}a`)
    await ctx.stub.purgePrivateData(second, `${key}b`)
  }

  /** Takes the steps of a random program, one after the other, and tells what each of them saw. */
  async Run(ctx, prefix, program) {
    const seen = []
    for (const [name, ...args] of JSON.parse(program)) seen.push((await steps[name](ctx, prefix, ...args)) ?? null)
    return JSON.stringify(seen)
  }
}

module.exports.contracts = [ProbeContract]
