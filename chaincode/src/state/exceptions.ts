import type { ChaincodeStub } from '../fabric.js'

// LevelDB holds no empty values in Fabric: an empty one means deleted.
const PRESENT = Uint8Array.of(0)

/** Puts a special approval on the list of exceptions of its project. */
export async function listException(stub: ChaincodeStub, projectCode: string, approvalNo: string): Promise<void> {
  await stub.putState(stub.createCompositeKey('exception', [projectCode, approvalNo]), PRESENT)
}
