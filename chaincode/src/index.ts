export { chaincodeBundle, chaincodeNames, type ChaincodeBundle, type ChaincodeName } from './bundles.js'
export { chaincodeDefinition, type ChaincodeDefinition, type CollectionDefinition } from './definitions.js'
