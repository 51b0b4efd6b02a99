// A verified case in words, for somebody who knows nothing of logs: act after act, with what is proven of each.

import { wordOf } from '@parley/mechanism'
import { listDataFacts, wordOrCode } from '@parley/server'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'
import type { CaseAct } from './case-acts.ts'

/** The acts, each a paragraph, and then what the file does not prove. */
export function describeCase(acts: readonly CaseAct[], terminal: Terminal): string[] {
  return [
    ...acts.flatMap((act, i) => ['', ...describeAct(act, i + 1, terminal)]),
    '',
    terminal.say('case.limits'),
    terminal.say('case.names'),
  ]
}

function describeAct(act: CaseAct, number: number, terminal: Terminal): string[] {
  const { language, say } = terminal
  const { approvedBy, at, data, digest, effect, exercise, party, place, subject, type } = act
  const approvals = approvedBy.map(({ by, official, roles }) =>
    say(by === 'passkey' ? 'case.by-passkey' : 'case.by-key', {
      official,
      roles: roles.map((role) => wordOrCode(language, 'role', role)).join(', '),
    }),
  )
  return [
    `${number}. ${party}: ${wordOrCode(language, 'type', type)}${exercise ? `  [${say('case.exercise')}]` : ''}`,
    `   ${say('case.entry', { digest })}`,
    ...(subject === digest || subject === '' ? [] : [`   ${say('case.about', { subject })}`]),
    ...listDataFacts(language, type, data).map(([name, value]) => `   ${name}: ${value}`),
    `   ${say('case.claimed', { at: showMoment(at) })}`,
    `   ${describeReceipt(act, terminal)}`,
    `   ${say('case.place', { index: place.index, origin: place.origin, size: place.size })}`,
    ...(approvals.length === 0 ? [`   ${say('case.unapproved')}`] : approvals.map((line) => `   ${line}`)),
    `   ${describeEffect(effect, terminal)}`,
    ...describeText(act, terminal).map((line) => `   ${line}`),
  ]
}

function describeReceipt({ received: { by, notAfter, notBefore } }: CaseAct, { say }: Terminal): string {
  if (notAfter === null || by === null) return say('case.not-received')
  const until = showMoment(notAfter)
  return notBefore === null
    ? say('case.received-by', { by, until })
    : say('case.received-between', { by, from: showMoment(notBefore), until })
}

function describeEffect(effect: CaseAct['effect'], { language, say }: Terminal): string {
  if (effect === 'allowed') return say('case.allowed')
  if (effect === 'not-checked') return say('case.not-checked')
  return say('case.refused', { code: effect.refused, reason: wordOf(language, effect.refused) })
}

function describeText({ text }: CaseAct, { language, say }: Terminal): string[] {
  if (text === 'none') return []
  if ('withheld' in text) return [say('case.withheld', { digest: text.withheld, size: text.size })]
  if (text.disclosed === 'not-readable') return [say('case.not-readable')]
  const { fields, names, texts } = text.disclosed
  return [
    say('case.disclosed'),
    ...texts.flatMap(({ by, language: spoken, role, text: said }) => [
      `  [${spoken}, ${wordOrCode(language, 'textRole', role)}${by === undefined ? '' : `, ${by}`}]`,
      ...said.split('\n').map((line) => `  ${line}`),
    ]),
    ...Object.entries(fields ?? {}).map(([name, value]) => `  ${wordOrCode(language, 'particular', name)}: ${value}`),
    ...(names ?? []).map(({ as, name }) => `  ${wordOrCode(language, 'nameRole', as)}: ${name}`),
  ]
}
