// The texts of a bag (RFC 8493, BagIt 1.0): what an archive or a court checks a file and its papers with, by a tool of its own.
// Pure: digests are computed by whoever writes the files.

export const bagAlgorithms = ['sha256', 'sha512'] as const
export type BagAlgorithm = (typeof bagAlgorithms)[number]

/** A file of the bag: its path inside it, its length, and the hexadecimal digests of its bytes. */
export interface BagFile {
  readonly path: string
  readonly bytes: number
  readonly digests: Readonly<Record<BagAlgorithm, string>>
}

/** A file of text, which has no digests before it is written. */
export type BagText = readonly [path: string, text: string]

/** The declaration, the description and the manifests of one payload file. `info` are labels and values of bag-info.txt. */
export function formatBagTexts(info: Readonly<Record<string, string>>, payload: BagFile): BagText[] {
  const lines = { ...info, 'Payload-Oxum': `${payload.bytes}.1` }
  return [
    ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    [
      'bag-info.txt',
      Object.entries(lines)
        .map(([label, value]) => `${label}: ${value}\n`)
        .join(''),
    ],
    ...bagAlgorithms.map((algorithm): BagText => [`manifest-${algorithm}.txt`, formatManifest([payload], algorithm)]),
  ]
}

/** The manifests of everything that is not payload, which are the last files of a bag. */
export function formatTagManifests(files: readonly BagFile[]): BagText[] {
  return bagAlgorithms.map((algorithm): BagText => [`tagmanifest-${algorithm}.txt`, formatManifest(files, algorithm)])
}

/** Line feeds, carriage returns and percent signs of a path are escaped (RFC 8493 section 2.1.3). */
function formatManifest(files: readonly BagFile[], algorithm: BagAlgorithm): string {
  return files
    .map(({ digests, path }) => {
      const escaped = path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D')
      return `${digests[algorithm]}  ${escaped}\n`
    })
    .join('')
}
