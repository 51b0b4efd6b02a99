// A person without a pointer: they reach what they want by the Tab key, as far as it takes.

import type { Locator, Page } from 'playwright-core'

const stopsMax = 80

/** Presses Tab until the focus is on the element, or in it. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const focused = page.locator(':focus')
  for (let stops = 0; stops < stopsMax; stops += 1) {
    if ((await wanted.and(focused).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${stopsMax} presses of Tab do not lead to ${wanted.toString()}`)
}

/** True when all of the focused control that a person sees lies within the window. */
export async function isFocusInView(page: Page): Promise<boolean> {
  return page.evaluate(`(() => {
    const control = document.activeElement
    const { bottom, top } = (control.closest('label') ?? control).getBoundingClientRect()
    return top >= 0 && bottom <= innerHeight
  })()`)
}
