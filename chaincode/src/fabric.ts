import type { Context } from 'fabric-contract-api'

/** What contract-api hands to a transaction. fabric-shim declares classes of these names that differ in small ways. */
export type ChaincodeStub = Context['stub']
export type ClientIdentity = Context['clientIdentity']
