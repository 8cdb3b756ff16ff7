export { chaincodeBundle, chaincodeNames, type ChaincodeBundle, type ChaincodeName } from './bundles.js'
export { chaincodeDefinition, type ChaincodeDefinition, type CollectionDefinition } from './definitions.js'
export type { Authority, Party } from './business/transaction.js'
export { transactionTypes } from './transactions/index.js'
