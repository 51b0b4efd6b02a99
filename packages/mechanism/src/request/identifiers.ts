// The identifiers in a text, each in one normal form, so that two people who write the same address differently mean the same
// matter. Pure: the desk makes keyed digests of them (docs/decisions/0009), and nothing else is made of them.

export type IdentifierKind = 'account' | 'address' | 'domain' | 'hash' | 'mailbox' | 'wallet'

export interface Identifier {
  readonly kind: IdentifierKind
  readonly value: string
}

const hashLengths = new Set([32, 40, 56, 64, 96, 128])
/** What parts identifiers from each other and from words, in both languages' punctuation. */
const parting = /[\s,;"'`<>|()[\]{}=，；、：。！？“”‘’（）【】《》「」…]+/u
const label = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?|\p{Script=Han}{1,63})$/u
const topLabel = /^(?:[a-z][a-z0-9-]{0,61}[a-z0-9]|\p{Script=Han}{1,63})$/u
/** Han beside anything else is prose around an identifier. */
const edge = /(?<=\p{Script=Han})(?=[a-z0-9@:])|(?<=[a-z0-9])(?=\p{Script=Han})/u

/** Every identifier that the text names, each once, in the order of their first mention. */
export function listIdentifiers(text: string): readonly Identifier[] {
  const found = new Map<string, Identifier>()
  for (const word of refang(text.normalize('NFKC').toLowerCase()).split(parting)) {
    for (const part of word.split(edge)) {
      const identifier = readIdentifier(part)
      if (identifier !== undefined) found.set(`${identifier.kind} ${identifier.value}`, identifier)
    }
  }
  return [...found.values()]
}

/** Addresses are often written so that nobody follows them by accident: `hxxp://a[.]example`. */
function refang(text: string): string {
  return text
    .replaceAll(/\[\.\]|\(\.\)|\[dot\]/gu, '.')
    .replaceAll(/\[@\]|\[at\]|\(at\)/gu, '@')
    .replaceAll(/\[:\]/gu, ':')
}

function readIdentifier(word: string): Identifier | undefined {
  const bare = word.replace(/^[a-z][a-z0-9+.-]*:\/\//u, '')
  const host = bare.split(/[/?#]/u, 1)[0]!.replace(/[.:]+$/u, '')
  if (host.startsWith('@')) return /^@[\p{L}\p{N}_.-]{2,64}$/u.test(host) ? { kind: 'account', value: host } : undefined
  const at = host.lastIndexOf('@')
  if (at > 0) {
    const domain = readDomain(host.slice(at + 1))
    if (domain === undefined) return undefined
    // With a scheme before it, what stands before the sign is who signs in there, and no mailbox.
    return bare === word
      ? { kind: 'mailbox', value: `${host.slice(0, at)}@${domain}` }
      : { kind: 'domain', value: domain }
  }
  if (/^[0-9a-f]+$/u.test(host) && hashLengths.has(host.length)) return { kind: 'hash', value: host }
  if (/^(?:0x[0-9a-f]{40}|bc1[a-z0-9]{25,62}|[13][a-z1-9]{25,34})$/u.test(host)) return { kind: 'wallet', value: host }
  const six = readSixteenBytes(host)
  if (six !== undefined) return { kind: 'address', value: six }
  const named = host.replace(/:\d{1,5}$/u, '')
  const four = readFourBytes(named)
  if (four !== undefined) return { kind: 'address', value: four }
  const domain = readDomain(named)
  return domain === undefined ? undefined : { kind: 'domain', value: domain }
}

function readDomain(text: string): string | undefined {
  const labels = text.replace(/\.$/u, '').split('.')
  if (labels.length < 2 || text.length > 253 || !labels.every((each) => label.test(each))) return undefined
  return topLabel.test(labels.at(-1)!) ? labels.join('.') : undefined
}

/** A leading zero is octal to some programs and nothing to others: such an address is not one. */
function readFourBytes(text: string): string | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/u.test(part) && Number(part) < 256)) {
    return undefined
  }
  return text
}

/** Eight groups without leading zeros, none left out; an address of four bytes inside one of sixteen is the former. */
function readSixteenBytes(text: string): string | undefined {
  if (!/^[0-9a-f:.]+$/u.test(text) || text.split(':').length < 3) return undefined
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const four = readFourBytes(tail)
  if (tail.includes('.') && four === undefined) return undefined
  const groupsOf = (bytes: string): string => {
    const [a, b, c, d] = bytes.split('.').map(Number) as [number, number, number, number]
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  }
  const whole = four === undefined ? text : text.slice(0, text.length - tail.length) + groupsOf(four)
  const halves = whole.split('::')
  if (halves.length > 2) return undefined
  const [before, after] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const left = 8 - before!.length - (after?.length ?? 0)
  if (after === undefined ? left !== 0 : left < 1) return undefined
  const groups = [...before!, ...Array.from({ length: left }, () => '0'), ...(after ?? [])]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/u.test(group))) return undefined
  const numbers = groups.map((group) => Number.parseInt(group, 16))
  const isMapped = numbers.slice(0, 5).every((number) => number === 0) && numbers[5] === 0xffff
  if (!isMapped) return numbers.map((number) => number.toString(16)).join(':')
  return numbers
    .slice(6)
    .flatMap((number) => [number >> 8, number & 255])
    .join('.')
}
