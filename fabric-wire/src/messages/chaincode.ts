import {
  bool,
  bytes,
  embedded,
  enumeration,
  int32,
  map,
  message,
  repeated,
  string,
  type Infer,
} from '../codec/index.js'

export const ChaincodeID = message('ChaincodeID', { path: string(1), name: string(2), version: string(3) })
export type ChaincodeID = Infer<typeof ChaincodeID>

/** `args[0]` is the function's name; `decorations` is set by a peer's plug-ins only. */
export const ChaincodeInput = message('ChaincodeInput', {
  args: repeated(bytes(1)),
  decorations: map(2, bytes(2)),
  isInit: bool(3),
})
export type ChaincodeInput = Infer<typeof ChaincodeInput>

/** `ChaincodeSpec.type`: the language, which nothing depends on any more. */
export const ChaincodeType = { UNDEFINED: 0, GOLANG: 1, NODE: 2, CAR: 3, JAVA: 4 } as const

export const ChaincodeSpec = message('ChaincodeSpec', {
  type: enumeration(1),
  chaincodeId: embedded(2, ChaincodeID),
  input: embedded(3, ChaincodeInput),
  timeout: int32(4),
})
export type ChaincodeSpec = Infer<typeof ChaincodeSpec>

export const ChaincodeInvocationSpec = message('ChaincodeInvocationSpec', { chaincodeSpec: embedded(1, ChaincodeSpec) })
export type ChaincodeInvocationSpec = Infer<typeof ChaincodeInvocationSpec>

export const ChaincodeEvent = message('ChaincodeEvent', {
  chaincodeId: string(1),
  txId: string(2),
  eventName: string(3),
  payload: bytes(4),
})
export type ChaincodeEvent = Infer<typeof ChaincodeEvent>

/** What a chaincode answered; `status` 200 is success, 400 and above failed. */
export const Response = message('Response', { status: int32(1), message: string(2), payload: bytes(3) })
export type Response = Infer<typeof Response>
