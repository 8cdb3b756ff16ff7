'use strict'

/* global process */

// Runs a module of contracts as a chaincode server: node serve.cjs MODULE PACKAGE_ID ADDRESS
const { JSONSerializer } = require('fabric-contract-api')
const shim = require('fabric-shim')
const ChaincodeFromContract = require('fabric-shim/lib/contract-spi/chaincodefromcontract.js')

const [module_, ccid, address] = process.argv.slice(2)
const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } }
const chaincode = new ChaincodeFromContract(require(module_).contracts, serializers, {}, ccid, '')
shim.server(chaincode, { ccid, address }).start()
