export { chaincodeBundle, chaincodeNames, type ChaincodeBundle, type ChaincodeName } from './bundles.js'
