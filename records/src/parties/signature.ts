import * as z from 'zod/mini'
import { hexDigest, timestamp, uscc } from '../schema/fields.js'
import { roleNames } from './roles.js'

/** Who signed, in which role; a person signs once. */
export const signature = z.strictObject({ key: hexDigest, role: z.enum(roleNames), uscc, time: timestamp })
export type Signature = z.infer<typeof signature>
