import { GatewayError } from '@caizheng/gateway-api'
import { FabricError } from '@caizheng/network'
import { ConsortiumError, LedgerError } from '@caizheng/test-network'
import { StartError } from './start-error.js'

/**
 * The one line for an error that a person can mend; undefined for a defect of ours, whose stack trace is of use.
 *
 * @param data the data folder, to be named in the line
 */
export function refusalOf(error: unknown, data: string): StartError | undefined {
  if (error instanceof StartError) return error
  // With the end of the log of the node that failed: more than a line, and all of it of use
  if (error instanceof FabricError) return new StartError('FABRIC_FAILED', error.message, { cause: error })
  const code = codeOf(error)
  if (code === undefined) return undefined
  const reason = oneLine((error as Error).message)
  return new StartError(code, `${reason} (${adviceOn(code, data)})`, { cause: error })
}

function codeOf(error: unknown): StartError['code'] | undefined {
  if (error instanceof LedgerError) return ofLedger[error.code]
  if (error instanceof GatewayError) return ofGateway[error.code]
  if (error instanceof ConsortiumError) return ofConsortium[error.code]
  return undefined
}

const ofLedger: Partial<Record<LedgerError['code'], StartError['code']>> = {
  NEWER_FORMAT: 'DATA_TOO_NEW',
  DAMAGED: 'DATA_DAMAGED',
  NOT_A_LEDGER: 'DATA_DAMAGED',
  OTHER_CHANNEL: 'DATA_DAMAGED',
  IN_USE: 'ALREADY_RUNNING',
  NO_ACCESS: 'FOLDER_NOT_WRITABLE',
  WRITE_FAILED: 'FOLDER_NOT_WRITABLE',
}

const ofGateway: Partial<Record<GatewayError['code'], StartError['code']>> = {
  PORT_IN_USE: 'PORT_IN_USE',
  ADDRESS_UNAVAILABLE: 'PORT_IN_USE',
  DIRECTORY_IN_USE: 'ALREADY_RUNNING',
  DATABASE_NEWER: 'DATA_TOO_NEW',
  DIRECTORY_OF_ANOTHER: 'DATA_DAMAGED',
  DIRECTORY_UNUSABLE: 'FOLDER_NOT_WRITABLE',
}

const ofConsortium: Partial<Record<ConsortiumError['code'], StartError['code']>> = {
  DEFINITION_CHANGED: 'DATA_TOO_NEW',
  MATERIAL_DAMAGED: 'DATA_DAMAGED',
  DIRECTORY_UNUSABLE: 'FOLDER_NOT_WRITABLE',
}

function adviceOn(code: StartError['code'], data: string): string {
  switch (code) {
    case 'DATA_TOO_NEW':
      return `${data} belongs to another version: update this clone, use --data DIR, or begin again with --reset`
    case 'DATA_DAMAGED':
      return `restore ${data} from a backup, use --data DIR, or begin again with --reset`
    case 'ALREADY_RUNNING':
      return `another process works in ${data}: stop it, or use --data DIR`
    case 'FOLDER_NOT_WRITABLE':
      return `see that ${data} can be written, or use --data DIR`
    case 'PORT_IN_USE':
      return 'choose another with --port N'
    case 'FABRIC_FAILED':
    case 'FOLDER_NOT_OURS':
    case 'BAD_OPTION':
      return 'see npm start -- --help'
  }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')
