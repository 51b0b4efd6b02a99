// The roles that an account of a node may hold, and the sets of them that operations name. What a role may do is said by
// each operation's policy; what an official may decide is the record's to say.

import { z } from './zod.ts'

export const roles = [
  'administrator',
  'auditor',
  'cochair',
  'duty',
  'liaison',
  'operator',
  'policy',
  'releasing',
  'stakeholder',
] as const
/** `operator` is the machine's own token and is never granted to a person. */
export type Role = (typeof roles)[number]

/** The roles that people hold. */
export const personRoles = roles.filter((role) => role !== 'operator')
export type PersonRole = Exclude<Role, 'operator'>
export const personRole = z.enum(personRoles)

/** Whoever works on cases. */
export const deskRoles = ['cochair', 'duty', 'liaison', 'policy', 'releasing'] as const satisfies readonly Role[]
/** Whoever may read what is said in a channel. An administrator manages people and reads no cases. */
export const readerRoles = [...deskRoles, 'auditor', 'operator'] as const satisfies readonly Role[]
/** Whoever may write in a channel. */
export const writerRoles = [...deskRoles, 'operator'] as const satisfies readonly Role[]
/** Whoever may see how the node and its links are: everybody of the party, and nobody from outside it. */
export const insiderRoles = [...readerRoles, 'administrator'] as const satisfies readonly Role[]
