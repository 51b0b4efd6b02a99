import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeLists, compilePack, findKind, listMissing } from '@parley/mechanism'
import type { Guidelines } from '@parley/mechanism'
import { choicesByPack } from './choices-by-pack.ts'

function guidelinesIn(pack: string): Guidelines {
  const folder = join(import.meta.dirname, '../../../../agreements', pack)
  const names = readdirSync(folder).filter((name) => name.startsWith('pack.') || name.startsWith('text.'))
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
  return compilePack(files).guidelines!
}

const network = guidelinesIn('network-24-7')
const choose = (values: Record<string, string>) => choicesByPack('request.opened', { values }, network)

test('[RQ36] the form of another pack has its kinds, and of each what it may be to an earlier request', () => {
  expect(choose({}).kind).toEqual(network.kinds.map(({ kind }) => kind))
  expect(choose({}).kind).not.toContain('mitigation')
  for (const { kind, relations } of network.kinds) expect(choose({ kind }).relation).toEqual(relations)
})

test('[RQ36] what each kind of the pack must give is missing in its form until it is given', () => {
  for (const { kind, required } of network.kinds) {
    const asked = { kind, urgency: 'ordinary' } as const
    expect(listMissing(asked, [], network)).toEqual(codeLists.particular.filter((code) => required.includes(code)))
    expect(listMissing(asked, required, network)).toEqual([])
  }
  expect(findKind(network, 'technical-advice')!.required).not.toContain('result-sought')
})

test('[RQ36] what was chosen stays choosable, and without guidelines everything is', () => {
  expect(choose({ kind: 'mitigation' }).kind).toContain('mitigation')
  expect(choose({ kind: 'preservation', relation: 'follow-up' }).relation).toEqual(['new', 'extension', 'follow-up'])
  expect(choicesByPack('request.opened', { values: {} }, undefined)).toEqual({})
  expect(choicesByPack('request.supplemented', { values: {} }, network)).toEqual({})
})
