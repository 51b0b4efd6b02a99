// How the console is built: two languages of React Aria's strings, fonts without the old format, and nothing inline,
// because the node serves it under a policy that allows no inline script or style.

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const ariaStrings = /react-(?:aria|stately|aria-components)\/dist\/private\/intl\/[^/]+\/([a-z]{2}-[A-Z]{2})\.mjs$/
const ariaLocales = new Set(['en-US', 'zh-CN'])

/** Empties React Aria's messages in languages this console does not speak: a third of its weight. */
function ariaLocalesOnly(): Plugin {
  return {
    name: 'parley:aria-locales',
    enforce: 'pre',
    load(id) {
      const locale = ariaStrings.exec(id)?.[1]
      return locale === undefined || ariaLocales.has(locale) ? undefined : 'export default {}'
    },
  }
}

/** Drops the `woff` alternatives: every browser this console runs in reads `woff2`. */
function woff2Only(): Plugin {
  return {
    name: 'parley:woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource.*\.css/.test(id)) return undefined
      return { code: code.replaceAll(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, ''), map: null }
    },
  }
}

/** Leaves the schema library out: a seventh of the first load, for shapes that nothing here reads. */
function noSchemas(): Plugin {
  return {
    name: 'parley:no-schemas',
    enforce: 'pre',
    apply: 'build',
    resolveId: (id) => (id === 'zod' ? fileURLToPath(new URL('src/data/no-schemas.ts', import.meta.url)) : undefined),
  }
}

/** Leaves out what the contract says of its operations for the documents: the pages have words of their own. */
function noProse(): Plugin {
  return {
    name: 'parley:no-prose',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!/\/packages\/api\/src\/[^/]+\.ts$/.test(id)) return undefined
      return { code: code.replaceAll(/\b(summary|description):\s*'(?:[^'\\\n]|\\.)*'/g, "$1: ''"), map: null }
    },
  }
}

export default defineConfig(async ({ command }) => ({
  plugins: [
    ariaLocalesOnly(),
    woff2Only(),
    noSchemas(),
    noProse(),
    react(),
    ...(command === 'serve' ? [(await import('./dev/mock.ts')).mockNode()] : []),
  ],
  build: {
    target: 'es2024',
    // A data: URL would need font-src data:.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      treeshake: {
        // The workspaces do nothing when they are merely imported, so what is not used of them can go.
        moduleSideEffects: (id: string) => !/\/packages\/(?:record|mechanism|api)\/src\//.test(id),
      },
    },
  },
  server: { host: '127.0.0.1', port: 4173 },
}))
