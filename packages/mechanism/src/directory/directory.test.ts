import { describe, expect, test } from 'vitest'
import { directoryTopic } from './directory.ts'
import { findStandIn, listContactPoints } from './duty.ts'
import { officesMax } from './rules.ts'
import type { PartyDirectory } from './view.ts'
import { createHistory, type History } from '../testing/histories.ts'
import { judgeAll, lastVerdict } from '../testing/judging.ts'
import { office } from '../testing/samples.ts'

function halfOf(history: History, party: string): PartyDirectory {
  const { parties } = directoryTopic.view(judgeAll(history).of('directory'), history.parties)
  return parties.find((half) => half.party === party)!
}

function designate(history: History, code: string, more = {}): string {
  return history.say('us', 'directory.designated', { data: office(code, more) }).digest
}

test('[DR1] each party has its own half, and offices are sorted by code', () => {
  const history = createHistory()
  designate(history, 'lab')
  designate(history, 'desk')
  history.say('cn', 'directory.designated', { data: office('desk') })
  expect(halfOf(history, 'us').offices.map((held) => held.office)).toEqual(['desk', 'lab'])
  expect(halfOf(history, 'cn').offices.map((held) => held.office)).toEqual(['desk'])
})

test('[DR2] an amendment replaces everything but who holds the positions', () => {
  const history = createHistory()
  designate(history, 'desk', { agency: 'police', languages: ['en'] })
  const head = history.say('us', 'directory.appointed').digest
  const amended = history.say('us', 'directory.amended', { data: office('desk', { kind: 'duty-desk' }) }).digest
  const [desk] = halfOf(history, 'us').offices
  expect(desk).toEqual({
    ...office('desk', { kind: 'duty-desk' }),
    entry: amended,
    holders: [{ position: 'head', entry: head }],
  })
})

test('[DR3] who is appointed last holds the position, until it is vacated', () => {
  const history = createHistory()
  designate(history, 'desk')
  history.say('us', 'directory.appointed')
  const second = history.say('us', 'directory.appointed').digest
  history.say('us', 'directory.appointed', { data: { position: 'deputy' } })
  expect(halfOf(history, 'us').offices[0]!.holders).toMatchObject([
    { position: 'deputy' },
    { position: 'head', entry: second },
  ])
  history.say('us', 'directory.vacated')
  expect(halfOf(history, 'us').offices[0]!.holders).toMatchObject([{ position: 'deputy' }])
})

test('[DR4] an absence names who stands in, from its beginning and before its end', () => {
  const history = createHistory()
  designate(history, 'desk')
  designate(history, 'lab')
  const absence = history.say('us', 'directory.absent').digest
  const half = halfOf(history, 'us')
  expect([999, 1000, 1999, 2000].map((now) => findStandIn(half, 'desk', now)?.standIn)).toEqual([
    undefined,
    'lab',
    'lab',
    undefined,
  ])
  history.say('us', 'directory.returned', { data: { absence } })
  expect(halfOf(history, 'us').absences).toEqual([])
})

test('[DR5] the end of an office ends the absences that name it', () => {
  const history = createHistory()
  designate(history, 'desk')
  designate(history, 'lab')
  history.say('us', 'directory.absent')
  history.say('us', 'directory.ended', { data: { office: 'lab' } })
  expect(halfOf(history, 'us')).toMatchObject({ absences: [], offices: [{ office: 'desk' }] })
})

test('[DR6] a party has one ministerial lead at a time, and contact points by kind', () => {
  const history = createHistory()
  designate(history, 'desk', { designations: ['contact-point'], contact: ['24-7', 'technical'] })
  designate(history, 'cabinet', { designations: ['lead', 'contact-point'], contact: ['diplomatic'] })
  const half = halfOf(history, 'us')
  expect(half.lead).toBe('cabinet')
  expect(listContactPoints(half, '24-7').map((held) => held.office)).toEqual(['desk'])
  expect(listContactPoints(half, 'diplomatic').map((held) => held.office)).toEqual(['cabinet'])
  history.say('us', 'directory.amended', { data: office('cabinet', { designations: ['lead'] }) })
  expect(lastVerdict(history)).toBe('valid')
})

describe('[DR7] what may not be', () => {
  const refusals: readonly [string, string, (history: History) => void][] = [
    ['designating an office twice', 'directory.office-exists', (h) => designate(h, 'desk')],
    [
      'amending what is not there',
      'directory.office-unknown',
      (h) => {
        h.say('us', 'directory.amended', { data: office('attic') })
      },
    ],
    [
      'amending the other side’s office',
      'directory.office-unknown',
      (h) => {
        h.look('cn')
        h.say('cn', 'directory.amended', { data: office('desk') })
      },
    ],
    [
      'ending what is not there',
      'directory.office-unknown',
      (h) => {
        h.say('us', 'directory.ended', { data: { office: 'attic' } })
      },
    ],
    [
      'appointing to what is not there',
      'directory.office-unknown',
      (h) => {
        h.say('us', 'directory.appointed', { data: { office: 'attic' } })
      },
    ],
    ['appointing nobody named', 'body.missing', (h) => h.say('us', 'directory.appointed', { body: false })],
    ['vacating what nobody holds', 'directory.position-unknown', (h) => h.say('us', 'directory.vacated')],
    [
      'vacating in an office that is not there',
      'directory.office-unknown',
      (h) => {
        h.say('us', 'directory.vacated', { data: { office: 'attic' } })
      },
    ],
    [
      'an absence from what is not there',
      'directory.office-unknown',
      (h) => {
        h.say('us', 'directory.absent', { data: { office: 'attic' } })
      },
    ],
    [
      'an absence that ends as it begins',
      'directory.absence-empty',
      (h) => {
        h.say('us', 'directory.absent', { data: { until: 1000 } })
      },
    ],
    [
      'a stand-in that is not there',
      'directory.stand-in-unknown',
      (h) => {
        h.say('us', 'directory.absent', { data: { standIn: 'attic' } })
      },
    ],
    [
      'an office that stands in for itself',
      'directory.stand-in-self',
      (h) => {
        h.say('us', 'directory.absent', { data: { standIn: 'desk' } })
      },
    ],
    ['ending an absence that is not', 'directory.absence-unknown', (h) => h.say('us', 'directory.returned')],
    [
      'a second lead',
      'directory.lead-exists',
      (h) => {
        designate(h, 'cabinet', { designations: ['lead'] })
        designate(h, 'council', { designations: ['lead'] })
      },
    ],
    ['a parent that is not there', 'directory.parent-unknown', (h) => designate(h, 'unit', { parent: 'attic' })],
    ['an office that belongs to itself', 'directory.parent-circle', (h) => designate(h, 'unit', { parent: 'unit' })],
    [
      'offices that belong to each other',
      'directory.parent-circle',
      (h) => {
        designate(h, 'unit', { parent: 'desk' })
        h.say('us', 'directory.amended', { data: office('desk', { parent: 'unit' }) })
      },
    ],
    [
      'a contact point of no kind',
      'directory.contact-missing',
      (h) => {
        designate(h, 'gate', { designations: ['contact-point'] })
      },
    ],
    [
      'more offices than there may be',
      'directory.offices-max',
      (h) => {
        for (let i = 2; i < officesMax; i++) designate(h, `office-${i}`)
        designate(h, 'one-more')
      },
    ],
    [
      'offsets in no order',
      'directory.offsets-unordered',
      (h) => {
        const offsets = [
          { from: 1000, minutes: 480 },
          { from: 1000, minutes: 540 },
        ]
        designate(h, 'gate', { offsets })
      },
    ],
    [
      'a rota of what is not there',
      'directory.office-unknown',
      (h) => {
        h.say('us', 'directory.rostered', { data: { office: 'attic' } })
      },
    ],
    [
      'an exception that ends as it begins',
      'directory.exception-empty',
      (h) => {
        const exceptions = [{ from: 5, until: 5, position: 'expert' }]
        h.say('us', 'directory.rostered', { data: { exceptions } })
      },
    ],
    [
      'an exception by an office that is not there',
      'directory.stand-in-unknown',
      (h) => {
        const exceptions = [{ from: 5, until: 6, position: 'expert', standIn: 'attic' }]
        h.say('us', 'directory.rostered', { data: { exceptions } })
      },
    ],
    [
      'a profile of an authority that is not there',
      'directory.office-unknown',
      (h) => {
        const authorities = [{ office: 'attic', competence: 'preservation' }]
        h.say('us', 'directory.profiled', { data: { authorities } })
      },
    ],
    ['reviewing no profile', 'directory.profile-missing', (h) => h.say('us', 'directory.reviewed')],
    ['a zone by its path', 'data.malformed', (h) => designate(h, 'gate', { timeZone: '/etc/localtime' })],
  ]
  test.each(refusals)('[DR7] %s', (_, code, speak) => {
    const history = createHistory()
    designate(history, 'desk')
    designate(history, 'lab')
    speak(history)
    expect(lastVerdict(history)).toBe(code)
  })
})

test('[DR8] an office may stand in for itself in another position', () => {
  const history = createHistory()
  designate(history, 'desk')
  const data = { standIn: 'desk', position: 'head', standInPosition: 'deputy' }
  history.say('us', 'directory.absent', { data })
  expect(lastVerdict(history)).toBe('valid')
})
