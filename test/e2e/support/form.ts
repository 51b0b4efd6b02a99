// How a person fills in a form of the console: by the names that its fields carry, in whatever language they are.

import type { Locator, Page } from 'playwright-core'

type Place = Page | Locator

/** Chooses an option of a folded list. */
export async function chooseOption(place: Place, field: string, option: string): Promise<void> {
  await place.getByRole('combobox', { name: field, exact: true }).selectOption({ label: option })
}

/** Chooses one of several that stand side by side. */
export async function chooseRadio(place: Place, field: string, choice: string): Promise<void> {
  const group = place.getByRole('radiogroup', { name: field, exact: true })
  await group.getByText(choice, { exact: true }).click()
  await group.getByRole('radio', { name: choice, exact: true, checked: true }).waitFor({ state: 'attached' })
}

/** Ticks each of the choices named. */
export async function tick(place: Place, field: string, ...choices: readonly string[]): Promise<void> {
  const group = place.getByRole('group', { name: field, exact: true })
  for (const choice of choices) {
    const ticked = group.getByRole('checkbox', { name: choice, exact: true, checked: true })
    // What the page proposes is ticked already.
    if ((await ticked.count()) === 0) await group.getByText(choice, { exact: true }).click()
    await ticked.waitFor({ state: 'attached' })
  }
}

/** Writes into a field of text. */
export async function write(place: Place, field: string, text: string): Promise<void> {
  await place.getByRole('textbox', { name: field, exact: true }).fill(text)
}
