// What a person does to a matter, from the button to the record: choose the deed, fill in its form, look it over, record.

import type { Locator } from 'playwright-core'
import { see, seeGone } from './person.ts'
import type { Person } from './person.ts'
import type { Deed } from './labels.ts'

/** Does a deed of the page that is open. `fill` is given the form; without it the form stays as it is. */
export async function doDeed(person: Person, deed: Deed, fill?: (form: Locator) => Promise<void>): Promise<void> {
  const { labels, page } = person
  const choices = page.getByRole('region', { name: labels.whatYouCanDo })
  await choices.getByRole('button', { name: labels.deeds[deed], exact: true }).click()
  await fillIn(person, deed, fill)
}

/** Fills in the form of a deed that is open already, looks it over and records it. */
export async function fillIn(person: Person, deed: Deed, fill?: (form: Locator) => Promise<void>): Promise<void> {
  const { labels, page } = person
  const form = page.getByRole('dialog', { name: labels.deeds[deed] })
  await see(form)
  await fill?.(form)
  await form.getByRole('button', { name: labels.lookOver }).click()
  await confirm(person, deed)
}

/** Looks at the confirmation of a deed and records it. Gives what the confirmation said. */
export async function confirm(person: Person, deed: Deed): Promise<string> {
  const { labels, page } = person
  const confirmation = page.getByRole('alertdialog', { name: labels.recordTitle(labels.deeds[deed]) })
  await see(confirmation)
  const said = await confirmation.innerText()
  await confirmation.getByRole('button', { name: labels.recordAndSend }).click()
  await seeGone(confirmation)
  return said
}

/** The line of the newest act with this heading on the page of a request. */
export function actLine({ page }: Person, heading: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: heading, level: 3, exact: true }) })
    .last()
}
