// How much of a list the pages ask for at once.

/** Calls on the hotline page, open and past together. */
export const callsShownMax = 50
/** Pings on the directory page. */
export const pingsShownMax = 20
