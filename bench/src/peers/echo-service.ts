import { type ServiceDefinition, type UntypedHandleCall } from '@grpc/grpc-js'

export const echoPath = '/caizheng.bench.Echo/Echo'

const same = (buffer: Buffer): Buffer => buffer

/** One method that returns what it got, bytes as they come. */
export const echoService: ServiceDefinition<{ echo: UntypedHandleCall }> = {
  echo: {
    path: echoPath,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  },
}
