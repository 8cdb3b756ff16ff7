/** What went wrong, as a closed list: each code asks for one thing of the operator. */
export type ConsortiumErrorCode =
  /** The definition breaks a rule: correct the field that `path` names. */
  | 'DEFINITION_INVALID'
  /** The folder was created for another definition: use that one, another folder, or a configuration update. */
  | 'DEFINITION_CHANGED'
  /** The folder can't be created, written or read: correct its path or its permissions. */
  | 'DIRECTORY_UNUSABLE'
  /** A key, certificate or genesis block of the folder is missing or damaged: restore the folder from its backup. */
  | 'MATERIAL_DAMAGED'
  /** No organisation of the definition has this MSP id. */
  | 'ORGANIZATION_UNKNOWN'
  /** A certificate can't be issued as asked: correct the request. */
  | 'CERTIFICATE_REFUSED'
  /** A chaincode definition is malformed, or the state that should hold one is. */
  | 'LIFECYCLE_INVALID'

/**
 * The one error of the consortium: `code` says what to do next, `path` where.
 *
 * @example
 * try { await openConsortium(directory) } catch (error) {
 *   if (error instanceof ConsortiumError && error.code === 'DEFINITION_CHANGED') console.error(error.path)
 * }
 */
export class ConsortiumError extends Error {
  override readonly name = 'ConsortiumError'

  constructor(
    readonly code: ConsortiumErrorCode,
    message: string,
    /** The field of the definition (`consenters[2].port`) or the file that is at fault. */
    readonly path?: string,
    options?: ErrorOptions,
  ) {
    super(path === undefined ? message : `${path}: ${message}`, options)
  }
}
