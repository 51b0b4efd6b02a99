// Challenges for authenticators: each drawn for one purpose, good for one answer, and for two minutes. They live in memory:
// after a restart nobody holds one, and whoever was in the middle begins again.

/** Long enough for a person to find their key. */
export const challengeMillisecondsMax = 120_000
/** Challenges that wait at once; the oldest go first. */
const challengesMax = 10_000
const challengeBytes = 32

export interface Challenges {
  /** Draws a challenge, base64url. The purpose names what it may be answered for, and by whom where that is known. */
  draw(purpose: string): string
  /** Whether the challenge was drawn for this purpose and has not been answered; it is used up by asking. */
  take(challenge: string, purpose: string): boolean
}

/** @param options.now Unix milliseconds */
export function createChallenges(options: {
  readonly random: (bytes: number) => Uint8Array
  readonly now: () => number
}): Challenges {
  const { now, random } = options
  const waiting = new Map<string, { readonly purpose: string; readonly drawn: number }>()
  return {
    draw(purpose) {
      if (waiting.size >= challengesMax) waiting.delete(waiting.keys().next().value!)
      const challenge = Buffer.from(random(challengeBytes)).toString('base64url')
      waiting.set(challenge, { purpose, drawn: now() })
      return challenge
    },
    take(challenge, purpose) {
      const found = waiting.get(challenge)
      waiting.delete(challenge)
      if (found === undefined || found.purpose !== purpose) return false
      const age = now() - found.drawn
      return age >= 0 && age < challengeMillisecondsMax
    },
  }
}
