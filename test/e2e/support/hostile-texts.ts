// What an adversary writes into a text or a name so that a reader's browser runs it, loads it, follows it, or shows
// something else than was written (rules T-10 and T-11). Every address leads to a host that does not exist.

const evil = 'https://evil.example'

/** Markup, script and links: shown letter by letter, or not at all inert. */
export const markup: readonly string[] = [
  `<script>alert(1)</script>`,
  `<script src=${evil}/x.js></script>`,
  `"><script>alert(1)</script>`,
  `'><img src=x onerror=alert(1)>`,
  `<img src=${evil}/pixel.png>`,
  `<img src=x onerror="fetch('${evil}')">`,
  `<image href=x onerror=alert(1)>`,
  `<svg onload=alert(1)>`,
  `<svg><script>alert(1)</script></svg>`,
  `<svg><a href="javascript:alert(1)"><text y="9">x</text></a></svg>`,
  `<svg><use href="${evil}/s.svg#x"></use></svg>`,
  `<svg><animate onbegin=alert(1) attributeName=x dur=1s>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`,
  `<iframe src="javascript:alert(1)"></iframe>`,
  `<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
  `<object data="${evil}"></object>`,
  `<embed src="${evil}/x.swf">`,
  `<video src=x onerror=alert(1) autoplay></video>`,
  `<audio src=${evil}/a.mp3 autoplay></audio>`,
  `<details open ontoggle=alert(1)>`,
  `<input autofocus onfocus=alert(1)>`,
  `<body onload=alert(1)>`,
  `<base href="${evil}/">`,
  `<link rel=stylesheet href=${evil}/x.css>`,
  `<link rel=prefetch href=${evil}/x>`,
  `<style>@import url(${evil}/x.css);body{display:none}</style>`,
  `<style>*{background:url(${evil}/x)}</style>`,
  `<div style="position:fixed;inset:0;background:red">`,
  `<meta http-equiv=refresh content="0;url=${evil}">`,
  `<form action=${evil}><button>Sign in again</button></form>`,
  `<a href="javascript:alert(1)">open</a>`,
  `<a href="${evil}" target=_blank>the agreement</a>`,
  `<template><script>alert(1)</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
  `<!--><img src=x onerror=alert(1)>-->`,
  `<![CDATA[<img src=x onerror=alert(1)>]]>`,
  `</textarea><script>alert(1)</script>`,
  `</title><script>alert(1)</script>`,
  `</script><script>alert(1)</script>`,
  `<scr<script>ipt>alert(1)</scr</script>ipt>`,
  `&lt;script&gt;alert(1)&lt;/script&gt;`,
  `&#60;img src=x onerror=alert(1)&#62;`,
  String.raw`\u003cscript\u003ealert(1)\u003c/script\u003e`,
  `%3Cscript%3Ealert(1)%3C/script%3E`,
  `javascript:alert(document.cookie)`,
  `JaVaScRiPt:alert(1)//`,
  `data:text/html,<script>alert(1)</script>`,
  `vbscript:msgbox(1)`,
  `[click me](javascript:alert(1))`,
  `![image](${evil}/pixel.png)`,
  `# a heading`,
  '```html\n<script>alert(1)</script>\n```'.replaceAll('\n', ' '),
  `**bold** _under_ ~~gone~~`,
  `| a | b |`,
  `${evil}/?q=follow-me`,
  `//evil.example/follow-me`,
  `http://xn--pple-43d.com/sign-in`,
  `mailto:duty@evil.example`,
  `{{constructor.constructor('alert(1)')()}}`,
  '${alert(1)}',
  `#{alert(1)}`,
  `<%= alert(1) %>`,
  `{code} <rich>{code}</rich> {count, plural, other {#}}`,
  `__proto__`,
  `constructor`,
  `=HYPERLINK("${evil}","click")`,
  `'; DROP TABLE entries; --`,
  `../../../etc/passwd`,
  `null`,
  `%s%n%x`,
]

/** Characters that nobody sees, or that change what is seen: each must be shown by its code point. */
export const hidden: readonly string[] = [
  'invoice\u202Efdp.exe',
  '\u202Dleft to right',
  '\u202Aembedded\u202C',
  '\u202Bturned\u202C',
  '\u2066isolated\u2069',
  '\u2067turned\u2069',
  '\u2068first strong\u2069',
  '\u061Carabic mark',
  'right\u200Fmark',
  'left\u200Emark',
  'zero\u200Bwidth',
  'no\u200Cjoin',
  'a\u200Djoin',
  'word\u2060joiner',
  'byte\uFEFForder',
  'soft\u00ADhyphen',
  'plain\u{E0074}\u{E0061}\u{E0067}\u{E007F}',
  'a\uFE0Fb\u{E0100}',
  'filler\u3164\u115F\uFFA0',
  'combining\u034Fjoiner',
  'invisible\u2062times\u2063',
  'mongolian\u180Evowel',
  'braille\u2800blank',
  'annotated\uFFF9x\uFFFAy\uFFFB',
  'private\uE000use',
  `zalgo${'\u0300'.repeat(20)}`,
]

/** Characters that a node never lets into a text, but that a lying one may show. */
export const controls: readonly string[] = [
  'nul\u0000byte',
  'bell\u0007',
  'escape\u001B[31mred',
  'back\u0008space',
  'carriage\rreturn',
  'delete\u007F',
  'next\u0085line',
  'csi\u009B31m',
  'separated\u2028line',
  'separated\u2029paragraph',
  'half\uD800',
]

const unseen =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uE000-\uF8FF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\uD800-\uDFFF]|[\u{E0000}-\u{E0FFF}]/gu

/** The text as a reader must see it: nothing left out, nothing unseen. */
export function shownForm(text: string): string {
  const named = (character: string) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
  let marks = 0
  const piled = [...text].map((character) => {
    marks = /\p{M}/u.test(character) ? marks + 1 : 0
    return marks > 4 ? named(character) : character
  })
  return piled.join('').replaceAll(unseen, named)
}
