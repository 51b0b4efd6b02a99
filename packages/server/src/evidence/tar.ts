// Headers of a tar archive (POSIX.1-2017, pax interchange format): any path, any length. Bytes only; the files are somebody
// else's.

const blockBytes = 512
const pathBytesMax = 100
/** What eleven octal digits hold. */
const octalMax = 8 ** 11 - 1

/** The header of a file: one block, with a pax header before it where the path or the length does not fit. */
export function formatTarHeader(path: string, bytes: number, seconds: number): Uint8Array {
  const plain = /^[\u0020-\u007e]+$/.test(path) && path.length <= pathBytesMax
  const records = [
    ...(plain ? [] : [paxRecord('path', path)]),
    ...(bytes <= octalMax ? [] : [paxRecord('size', `${bytes}`)]),
  ]
  const short = plain ? path : path.replaceAll(/[^\u0020-\u007e]/g, '_').slice(-pathBytesMax)
  const header = block(short, Math.min(bytes, octalMax), seconds, '0')
  if (records.length === 0) return header
  const pax = Buffer.from(records.join(''))
  return Buffer.concat([block('pax', pax.length, seconds, 'x'), pax, tarPadding(pax.length), header])
}

/** The zeros after a file of so many bytes. */
export function tarPadding(bytes: number): Uint8Array {
  return new Uint8Array((blockBytes - (bytes % blockBytes)) % blockBytes)
}

/** What ends an archive. */
export const tarEnd: Uint8Array = new Uint8Array(2 * blockBytes)

function block(path: string, bytes: number, seconds: number, kind: '0' | 'x'): Buffer {
  const header = Buffer.alloc(blockBytes)
  const octal = (value: number, at: number, digits: number): void => {
    header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  }
  header.write(path, 0, 'latin1')
  octal(0o600, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(bytes, 124, 11)
  octal(seconds, 136, 11)
  header.write(`        ${kind}`, 148, 'latin1')
  header.write('ustar\u000000', 257, 'latin1')
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

/** A record states its own length, which is part of it. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const restBytes = Buffer.byteLength(rest)
  let length = restBytes + 1
  while (String(length).length + restBytes !== length) length = String(length).length + restBytes
  return `${length}${rest}`
}
