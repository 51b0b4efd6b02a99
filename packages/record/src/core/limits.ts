// The named limits and intervals of the core. Times are in milliseconds unless the name says otherwise.

/** Works (submissions and arrivals) in one durable write. */
export const batchWorksMax = 512
/** Own entries that wait for a durable write before more are refused. */
export const submissionsWaitingMax = 4096
/** Arrivals of one peer that wait for a durable write before more are refused: one peer never crowds out another. */
export const arrivalsWaitingPerPeerMax = 8
/** Bodies asked for at once. */
export const bodiesFetchMax = 64
/** A member that has answered nothing for this long gets an empty delivery: its cosignature is the heartbeat. */
export const heartbeatMilliseconds = 30 * 60_000
/** A cosignature older than this is renewed when its head is delivered again. */
export const cosignatureRefreshSeconds = 15 * 60
/** How often a peer is asked which heads it holds, when nothing is wrong. */
export const gossipMilliseconds = 60_000
/** A clock that goes back by this much is told to people; less is how clocks are kept right. */
export const clockBackMilliseconds = 5000
/** The first pause after a failure; each further one doubles it. */
export const retryMilliseconds = 250
/** The longest pause after failures. */
export const retryMillisecondsMax = 30_000

/** The pause after so many failures in a row, in milliseconds. */
export function pauseAfter(failures: number): number {
  return failures === 0 ? 0 : Math.min(retryMillisecondsMax, retryMilliseconds * 2 ** Math.min(failures - 1, 16))
}
