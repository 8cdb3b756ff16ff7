export { decode, decodeLoose } from './decode.js'
export { encode } from './encode.js'
export {
  bool,
  bytes,
  embedded,
  enumeration,
  int32,
  int64,
  map,
  optional,
  repeated,
  string,
  uint32,
  uint64,
} from './field.js'
export type { Field } from './field.js'
export { message } from './message.js'
export type { Infer, Init, Message } from './message.js'
