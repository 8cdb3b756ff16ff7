// What the embedded network takes from inside the shim, which declares types for its front alone.

declare module 'fabric-shim/lib/handler.js' {
  import type { peer } from '@hyperledger/fabric-protos'

  export class ChaincodeMessageHandler {
    constructor(stream: NodeJS.EventEmitter, chaincode: object)
    chat(register: InstanceType<typeof peer.ChaincodeMessage>): void
  }
}

declare module 'fabric-shim/lib/contract-spi/chaincodefromcontract.js' {
  export default class ChaincodeFromContract {
    constructor(contracts: unknown[], serializers: object, metadata: object, title: string, version: string)
  }
}

declare module 'fabric-shim/lib/logger.js' {
  const loggers: { getLogger(name: string): { silent: boolean; levels: object; [level: string]: unknown } }
  export default loggers
}

declare module 'fabric-contract-api/lib/logger.js' {
  const loggers: { getLogger(name: string): { silent: boolean; levels: object; [level: string]: unknown } }
  export default loggers
}
