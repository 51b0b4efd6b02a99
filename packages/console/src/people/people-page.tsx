// Everybody with an account: their roles, their keys, what waits for a second administrator, and what happened lately.

import type { ChangeOutcome, ChangeView, PersonView, SecurityEventView } from '@parley/api'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { client } from '../data/client.ts'
import { view } from '../data/queries.ts'
import { PasskeyProblem } from '../session/passkey-problem.tsx'
import { StepUpDeclined, useStepUp } from '../session/step-up.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/notice.tsx'
import { Facts, Page, Section } from '../ui/page.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { GrantNames, RolesDialog } from './roles-dialog.tsx'
import { PeopleWords } from './words.ts'
import styles from './people.module.css'

type Doing = (work: () => Promise<ChangeOutcome | undefined>) => void

const looks = { invited: ['ring', 'due'], active: ['disc', 'accent'], ended: ['cross', 'faint'] } as const

export default function PeoplePage() {
  return (
    <PeopleWords>
      <People />
    </PeopleWords>
  )
}

function People() {
  const t = useTranslations('people')
  const queries = useQueryClient()
  const { data: session } = useSuspenseQuery(view('viewSession'))
  const { data: node } = useSuspenseQuery(view('viewNode'))
  const { data: people } = useSuspenseQuery(view('listPeople'))
  const { data: events } = useSuspenseQuery(view('listSecurityEvents', { query: { limit: 20 } }))
  const [adding, setAdding] = useState(false)
  const { dialog, guard } = useStepUp()
  const change = useMutation({
    mutationFn: (work: () => Promise<ChangeOutcome | undefined>) => guard(work),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['listPeople'] }),
        queries.invalidateQueries({ queryKey: ['listSecurityEvents'] }),
      ]),
  })
  const manages = session.grants.some(({ channel, role }) => role === 'administrator' && channel === null)
  const nameOf = (id: string | null) => people.items.find((person) => person.id === id)?.name ?? id ?? ''
  const { mutate } = change

  return (
    <Page
      name={t('title')}
      under={t('lead')}
      actions={
        manages ? (
          <Button look="main" onPress={() => setAdding(true)}>
            {t('add')}
          </Button>
        ) : undefined
      }
    >
      {change.isError && !(change.error instanceof StepUpDeclined) ? <PasskeyProblem problem={change.error} /> : null}
      {people.items.length > 0 && node.officials.some(({ kept, roles }) => kept && roles.includes('releasing')) ? (
        <Notice title={t('machineReleases')}>
          <p>{t('machineReleasesText')}</p>
        </Notice>
      ) : null}
      {change.data === undefined ? null : <OutcomeNotice outcome={change.data} />}
      {people.changes.length === 0 ? null : (
        <Section title={t('waiting')}>
          <ul className={styles.list}>
            {people.changes.map((waiting) => (
              <Waiting
                key={waiting.id}
                change={waiting}
                own={waiting.proposedBy === session.account}
                manages={manages}
                proposer={nameOf(waiting.proposedBy)}
                onChange={mutate}
              />
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('accounts')}>
        <ul className={styles.list}>
          {people.items.map((person) => (
            <Person
              key={person.id}
              person={person}
              manages={manages}
              self={person.id === session.account}
              onChange={mutate}
            />
          ))}
        </ul>
      </Section>
      <Section title={t('events')}>
        <Events events={events.items} nameOf={nameOf} />
      </Section>
      {adding ? (
        <RolesDialog
          title={t('add')}
          action={t('invite')}
          named
          grants={[]}
          onClose={() => setAdding(false)}
          onDone={(name, grants) => {
            setAdding(false)
            mutate(() => client.addPerson({ body: { name, grants } }))
          }}
        />
      ) : null}
      {dialog}
    </Page>
  )
}

/** What became of a change: done, or waiting; and the link, which is shown once. */
function OutcomeNotice({ outcome }: { readonly outcome: ChangeOutcome }) {
  const t = useTranslations('people')
  const { invitation, waiting } = outcome
  return (
    <Notice title={waiting === null ? t('done') : t('proposed')} live>
      {waiting === null ? null : <p>{t('proposedText')}</p>}
      {invitation === null ? null : (
        <>
          <p>{t('invitationText')}</p>
          <p className={styles.link} translate="no">
            <code>{`${location.origin}/#invitation=${invitation.code}`}</code>
          </p>
          <p>
            {t('until')} <Moment at={invitation.expires} />
          </p>
        </>
      )}
    </Notice>
  )
}

function Waiting(props: {
  readonly change: ChangeView
  readonly own: boolean
  readonly manages: boolean
  readonly proposer: string
  readonly onChange: Doing
}) {
  const t = useTranslations('people')
  const { change, manages, onChange, own } = props
  const params = { change: change.id }
  return (
    <li className={styles.row}>
      <h3>
        {t(`change_${change.kind}`)} <Untrusted>{change.name}</Untrusted>
      </h3>
      <Facts
        facts={[
          [t('roles'), <GrantNames key="roles" grants={change.grants} />],
          ...(change.official === null
            ? []
            : [[t('officialKey'), <code key="official">{change.official}</code>] as const]),
          ...(change.channel === null ? [] : [[t('channel'), <code key="channel">{change.channel}</code>] as const]),
          [t('proposedBy'), <Untrusted key="by">{props.proposer}</Untrusted>],
          [t('until'), <Moment key="until" at={change.expires} />],
        ]}
      />
      {manages ? (
        <div className={styles.actions}>
          {own ? null : (
            <Button look="main" onPress={() => onChange(() => client.approveChange({ params }))}>
              {t('approve')}
            </Button>
          )}
          <Button onPress={() => onChange(() => client.rejectChange({ params }))}>
            {own ? t('takeBack') : t('reject')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}

function Person(props: {
  readonly person: PersonView
  readonly manages: boolean
  readonly self: boolean
  readonly onChange: Doing
}) {
  const t = useTranslations('people')
  const format = useFormatter()
  const [open, setOpen] = useState<'roles' | 'official'>()
  const { manages, onChange, person, self } = props
  const [shape, tone] = looks[person.state]
  const params = { person: person.id }
  const free = person.passkeys.find(({ official }) => official === null)
  return (
    <li className={styles.row}>
      <h3>
        <Untrusted>{person.name}</Untrusted>{' '}
        <Badge shape={shape} tone={tone}>
          {t(`state_${person.state}`)}
        </Badge>
      </h3>
      <Facts
        facts={[
          [t('roles'), <GrantNames key="roles" grants={person.grants} />],
          [t('passkeys'), format.number(person.passkeys.length)],
          [t('officials'), format.number(person.officials.length)],
        ]}
      />
      {manages && !self && person.state !== 'ended' ? (
        <div className={styles.actions}>
          <Button onPress={() => setOpen('roles')}>{t('changeRoles')}</Button>
          {free === undefined ? null : <Button onPress={() => setOpen('official')}>{t('enrolOfficial')}</Button>}
          <Button onPress={() => onChange(() => client.endPersonSessions({ params }))}>{t('endSessions')}</Button>
          <Button onPress={() => onChange(() => client.recoverPerson({ params }))}>{t('recover')}</Button>
          <Button look="alarm" onPress={() => onChange(() => client.endPerson({ params }))}>
            {t('end')}
          </Button>
        </div>
      ) : null}
      {open === undefined ? null : (
        <RolesDialog
          title={open === 'roles' ? t('changeRoles') : t('enrolOfficial')}
          action={t('propose')}
          grants={open === 'roles' ? person.grants : []}
          {...(open === 'official' ? { among: person.grants.map(({ role }) => role) } : {})}
          onClose={() => setOpen(undefined)}
          onDone={(_, grants) => {
            setOpen(undefined)
            const roles = [...new Set(grants.map(({ role }) => role))]
            if (open === 'roles') onChange(() => client.putRoles({ params, body: { grants } }))
            else if (free !== undefined)
              onChange(() => client.enrolOfficial({ params, body: { passkey: free.id, roles } }))
          }}
        />
      )}
    </li>
  )
}

function Events(props: {
  readonly events: readonly SecurityEventView[]
  readonly nameOf: (id: string | null) => string
}) {
  const t = useTranslations('people')
  return (
    <ol className={styles.events}>
      {props.events.map(({ account, actor, at, kind, number }) => (
        <li key={number}>
          <Moment at={at} look="brief" />{' '}
          {t.has(`event_${kind.replaceAll('.', '_')}` as 'event_session_began')
            ? t(`event_${kind.replaceAll('.', '_')}` as 'event_session_began')
            : kind}
          {': '}
          <Untrusted>{props.nameOf(actor)}</Untrusted>
          {account === null || account === actor ? null : (
            <>
              {' → '}
              <Untrusted>{props.nameOf(account)}</Untrusted>
            </>
          )}
        </li>
      ))}
    </ol>
  )
}
