import { Metadata, type status, type ServiceError } from '@grpc/grpc-js'
import { bytes, embedded, encode, int32, message, repeated, string } from '@caizheng/fabric-wire'

/** `google.rpc.Status` and what it carries here: how details travel beside a gRPC status. */
const Any = message('Any', { typeUrl: string(1), value: bytes(2) })
const Status = message('Status', { code: int32(1), message: string(2), details: repeated(embedded(3, Any)) })
const Detail = message('ErrorDetail', { address: string(1), mspId: string(2), message: string(3) })

/** What one node answered, attached to the error of a call that asked several. */
export interface ErrorDetail {
  address: string
  mspId: string
  message: string
}

/** An answer to a gRPC call with a status other than OK. */
export class RpcError extends Error {
  constructor(
    readonly code: status,
    message: string,
    readonly details: ErrorDetail[] = [],
  ) {
    super(message)
    this.name = 'RpcError'
  }

  /** The error as grpc-js sends it; the details travel as a `google.rpc.Status`, which fabric-gateway unpacks. */
  toServiceError(): ServiceError {
    const metadata = new Metadata()
    if (this.details.length > 0) metadata.set('grpc-status-details-bin', Buffer.from(statusOf(this)))
    return Object.assign(new Error(this.message), { code: this.code, details: this.message, metadata })
  }
}

function statusOf({ code, message: text, details }: RpcError): Uint8Array {
  return encode(Status, {
    code,
    message: text,
    details: details.map((detail) => ({
      typeUrl: 'type.googleapis.com/gateway.ErrorDetail',
      value: encode(Detail, { address: detail.address, mspId: detail.mspId, message: detail.message }),
    })),
  })
}
