// Which of the two languages the reader wants, and where that wish is kept. Nothing else is kept in the browser.

export type Locale = 'en' | 'zh-Hans'

export const locales: readonly Locale[] = ['en', 'zh-Hans']

/** Each language's own name, in itself. */
export const localeNames: Record<Locale, string> = { en: 'English', 'zh-Hans': '简体中文' }

/** Whose dates and numbers: day before month in English, as everywhere but in one country. */
export const formatLocales = { en: 'en-GB', 'zh-Hans': 'zh-Hans' } as const satisfies Record<Locale, string>

/** React Aria names Simplified Chinese by its region. */
export const ariaLocales: Record<Locale, string> = { en: 'en-GB', 'zh-Hans': 'zh-CN' }

const cookieName = 'parley-language'
const cookieSecondsMax = 31_536_000

function isLocale(value: string | undefined): value is Locale {
  return locales.some((locale) => locale === value)
}

/** The language to use given the kept wish (a cookie header) and the browser's list, best first. */
export function chooseLocale(cookies: string, wanted: readonly string[]): Locale {
  const kept = cookies
    .split('; ')
    .find((pair) => pair.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1)
  if (isLocale(kept)) return kept
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'zh') return 'zh-Hans'
    if (language === 'en') return 'en'
  }
  return 'en'
}

/** Keeps the wish in a cookie, so that the node can answer in the same language. */
export function keepLocale(locale: Locale): void {
  document.cookie = `${cookieName}=${locale}; Path=/; Max-Age=${cookieSecondsMax}; SameSite=Strict`
}
