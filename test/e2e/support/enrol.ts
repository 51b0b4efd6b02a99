// How people of a party come to their passkeys and official keys: by the console's own pages, from the first invitation on.

import type { Browser } from 'playwright-core'
import type { Language } from './labels.ts'
import { see, seatPerson } from './person.ts'
import type { Person } from './person.ts'
import type { Desk } from './two-nodes.ts'
import { plugIn } from './virtual-key.ts'

/** Follows an invitation to the console and makes a passkey there. */
export async function enrolPerson(browser: Browser, desk: Desk, language: Language, code: string): Promise<Person> {
  const person = await seatPerson(browser, desk, { language })
  await plugIn(person.page)
  await person.page.goto(`${desk.origin}/#invitation=${code}`)
  await person.page.getByRole('button', { name: language === 'en' ? 'Make a passkey' : '创建通行密钥' }).click()
  await see(person.page.getByRole('navigation', { name: person.labels.pages }))
  return person
}

/** An administrator, whose pages are in English, adds a person with one role. Resolves to the code of the invitation. */
export async function invite({ page }: Person, name: string, role: string): Promise<string> {
  await page.getByRole('button', { name: 'Add a person' }).click()
  const form = page.getByRole('dialog', { name: 'Add a person' })
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  await form.getByText(role, { exact: true }).click()
  await form.getByRole('button', { name: 'Invite' }).click()
  await see(page.getByRole('heading', { name: new RegExp(name) }))
  const text = await page.getByRole('alert').getByText('#invitation=').innerText()
  return text.split('=').at(-1)!
}

/** The administrator enrols the person's passkey as the key of an official with that role. */
export async function enrolOfficial({ page }: Person, name: string, role: string): Promise<void> {
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: new RegExp(name) }) })
  await row.getByRole('button', { name: 'Enrol an official key' }).click()
  const form = page.getByRole('dialog', { name: 'Enrol an official key' })
  await form.getByText(role, { exact: true }).click()
  await form.getByRole('button', { name: 'Go on' }).click()
  await row.getByRole('button', { name: 'Enrol an official key' }).waitFor({ state: 'hidden' })
}
