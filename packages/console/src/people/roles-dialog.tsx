// Choosing roles: for the whole node or for one channel. An administrator is one of the whole node.

import type { PersonGrant } from '@parley/api'
import { personRoles } from '@parley/api'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { usePartyName } from '../ui/agreement-names.ts'
import { SomeOf } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

type PersonRole = PersonGrant['role']

const nameField = 'person-name'
const rolesField = 'person-roles'
const everywhere = 'node'

/** Roles as a list of words; those of one channel say so. */
export function GrantNames({ grants }: { readonly grants: readonly PersonGrant[] }) {
  const t = useTranslations('people')
  const format = useFormatter()
  const words = grants.map(({ channel, role }) =>
    channel === null ? t(`role_${role}`) : t('roleIn', { role: t(`role_${role}`), channel: channel.slice(0, 8) }),
  )
  return grants.length === 0 ? t('noRoles') : format.list(words)
}

export function RolesDialog(props: {
  readonly title: string
  readonly action: string
  /** Whether a name is asked for. */
  readonly named?: true
  readonly grants: readonly PersonGrant[]
  /** The roles to choose among, where it is not all. */
  readonly among?: readonly PersonRole[]
  readonly onClose: () => void
  readonly onDone: (name: string, grants: PersonGrant[]) => void
}) {
  const t = useTranslations('people')
  const party = usePartyName()
  const format = useFormatter()
  const { data: channels } = useSuspenseQuery(view('listChannels'))
  const [name, setName] = useState('')
  const [place, setPlace] = useState(props.grants.find(({ channel }) => channel !== null)?.channel ?? everywhere)
  const [chosen, setChosen] = useState<readonly string[]>(props.grants.map(({ role }) => role))
  const [tried, setTried] = useState(false)
  const faults = [
    ...(props.named === true && name.trim() === '' ? [{ field: nameField, message: t('nameMissing') }] : []),
    ...(chosen.length === 0 ? [{ field: rolesField, message: t('rolesMissing') }] : []),
  ]
  const faultOf = (field: string) => (tried ? faults.find((fault) => fault.field === field)?.message : undefined)

  return (
    <Dialog open onClose={props.onClose} title={props.title} dismissable={false}>
      <FormShell
        action={props.action}
        cancel={t('cancel')}
        onCancel={props.onClose}
        faults={tried ? faults : []}
        onSubmit={() => {
          setTried(true)
          if (faults.length > 0) return
          const roles = personRoles.filter((role) => chosen.includes(role))
          props.onDone(
            name.trim(),
            roles.map((role) => ({
              role,
              channel: place === everywhere || role === 'administrator' ? null : place,
            })),
          )
        }}
      >
        {props.named === true ? (
          <TextField
            id={nameField}
            label={t('name')}
            hint={t('nameHint')}
            value={name}
            onChange={setName}
            lengthMax={100}
            autoComplete="off"
            error={faultOf(nameField)}
          />
        ) : null}
        {props.among === undefined && channels.items.length > 0 ? (
          <Select
            label={t('where')}
            hint={t('whereHint')}
            value={place}
            options={[
              { id: everywhere, label: t('everywhere') },
              ...channels.items.map(({ id, own, parties }) => ({
                id,
                label: format.list(parties.filter((one) => one !== own).map(party)),
              })),
            ]}
            onChange={setPlace}
          />
        ) : null}
        <SomeOf
          id={rolesField}
          label={t('roles')}
          value={chosen}
          onChange={setChosen}
          choices={(props.among ?? personRoles)
            .filter((role, index, all) => all.indexOf(role) === index)
            .map((role) => ({ id: role, label: t(`role_${role}`), note: t(`roleNote_${role}`) }))}
          error={faultOf(rolesField)}
        />
      </FormShell>
    </Dialog>
  )
}
