// People and the changes that wait, for the stand-in. Development only.

import type { ChangeView, PersonView } from '@parley/api'

export const somePeople: PersonView[] = (
  [
    { id: '34'.repeat(16), name: 'Security office', role: 'administrator', state: 'active' },
    { id: '56'.repeat(16), name: 'Duty desk, night', role: 'duty', state: 'active' },
    { id: '78'.repeat(16), name: 'Legal adviser', role: 'releasing', state: 'invited' },
    { id: '9a'.repeat(16), name: 'Former liaison', role: 'liaison', state: 'ended' },
  ] as const
).map(({ id, name, role, state }) => ({
  id,
  name,
  state,
  grants: state === 'ended' ? [] : [{ role, channel: null }],
  created: Date.now() - 86_400_000,
  passkeys: state === 'active' ? [{ id: 'ab'.repeat(32), label: 'Key', official: null }] : [],
  officials: [],
}))

export const someChanges: ChangeView[] = [
  {
    id: 'bc'.repeat(16),
    kind: 'roles',
    person: somePeople[1]!.id,
    name: somePeople[1]!.name,
    grants: [{ role: 'auditor', channel: null }],
    official: null,
    channel: null,
    proposedBy: somePeople[2]!.id,
    proposed: Date.now(),
    expires: Date.now() + 7 * 86_400_000,
  },
]
