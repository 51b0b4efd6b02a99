// Names for calls: in the log, in the answer and in a problem document, so that a person can bring the three together.

const uuidBytes = 16
/** Drawn at once, because drawing costs much more than the bytes. */
const uuidsDrawn = 64

/** Makes random UUIDs (RFC 9562, version 4). */
export function createCorrelations(random: (bytes: number) => Uint8Array): () => string {
  let drawn: Uint8Array = new Uint8Array()
  let used = 0
  return () => {
    if (used === drawn.length) {
      drawn = random(uuidBytes * uuidsDrawn)
      used = 0
    }
    used += uuidBytes
    return formatUuid(drawn.slice(used - uuidBytes, used))
  }
}

function formatUuid(uuid: Uint8Array): string {
  uuid[6] = (uuid[6]! & 0x0f) | 0x40
  uuid[8] = (uuid[8]! & 0x3f) | 0x80
  const hex = uuid.toHex()
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
