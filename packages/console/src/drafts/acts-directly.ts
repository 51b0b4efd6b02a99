// Who says what without a second pair of eyes. The node decides; this only chooses which page somebody is led to.

import type { SessionView } from '@parley/api'
import { findType } from '@parley/mechanism'

/** Whether this session records acts of the type itself: the machine's own does, and a person what commits to nothing. */
export function actsDirectly(grants: SessionView['grants'], type: string): boolean {
  return grants.some(({ role }) => role === 'operator') || findType(type)?.demand.alone === true
}
