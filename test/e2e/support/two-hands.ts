// What two people of a party do so that it is said: one writes it as a draft, the other reads exactly what will be said,
// approves it with a passkey and releases it.

import type { Page } from 'playwright-core'
import type { Deed } from './labels.ts'
import { see } from './person.ts'
import type { Person } from './person.ts'

/**
 * Writes, submits, approves and releases a deed. The author has the page of the matter open, or that of a new request;
 * `write` fills in the form of the draft. `said` must stand in what the other one is asked to approve.
 */
export async function releaseTogether(
  { author, releasing }: { readonly author: Person; readonly releasing: Person },
  deed: Deed,
  { said, write }: { readonly said: string; readonly write: (page: Page) => Promise<void> },
): Promise<void> {
  const { labels, page } = author
  if (deed === 'request.opened') {
    await page.getByRole('button', { name: labels.beginDraft }).click()
  } else {
    const choices = page.getByRole('region', { name: labels.whatYouCanDo })
    await choices.getByRole('button', { name: labels.deeds[deed], exact: true }).click()
    const dialog = page.getByRole('dialog', { name: labels.deeds[deed] })
    await dialog.getByRole('button', { name: labels.beginDraft }).click()
  }
  await see(page.getByRole('heading', { level: 1, name: labels.deeds[deed], exact: true }))
  await write(page)
  await see(page.getByText(labels.savedHere))
  await page.getByRole('button', { name: labels.submitForRelease }).click()
  await see(page.getByText(labels.whatWillBeSaid))
  // Their page is told that it waits no more.
  author.expectRefusals(/\/releases\//)
  await release(releasing, new URL(page.url()).pathname, said)
}

async function release({ expectRefusals, labels, page, visit }: Person, path: string, said: string): Promise<void> {
  await visit(path)
  await see(page.getByText(said))
  await page.getByRole('button', { name: labels.approveWithPasskey }).click()
  await see(page.getByText(labels.approvedToRelease))
  expectRefusals(/\/releases\//)
  await page.getByRole('button', { name: labels.release, exact: true }).click()
  const asked = page.getByRole('dialog', { name: labels.isItYou })
  const done = page.getByText(labels.released)
  await see(asked.or(done))
  if (await asked.isVisible()) await asked.getByRole('button', { name: labels.usePasskey }).click()
  await see(done)
}
