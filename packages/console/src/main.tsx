// Starts the console: language, cache, router. The token of a sign-in link is taken out of the address before anything
// else looks at it.

import { ApiProblem } from '@parley/api/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createAppRouter } from './app/router.tsx'
import { createQueryClient } from './data/queries.ts'
import { chooseLocale } from './i18n/locale.ts'
import { loadWording } from './i18n/messages.ts'
import { LanguageProvider } from './i18n/provider.tsx'
import { takeLinkToken } from './session/link-token.ts'
import { applyScheme } from './session/scheme.ts'
import { Toasts } from './ui/toasts.tsx'
import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'

takeLinkToken()
// A link that is followed while a page is open changes the fragment and loads nothing.
window.addEventListener('hashchange', takeLinkToken)
applyScheme()

const locale = chooseLocale(document.cookie, navigator.languages)
const wording = await loadWording(locale)

const queries = createQueryClient(() => {
  // The frame of the application asks for the session again and gives way to the sign-in.
  queries.removeQueries({ queryKey: ['viewSession'] })
  void router.invalidate()
})
const router = createAppRouter(queries)

// Chinese stands on most pages, whatever their language; its faces come when the first page has been shown.
requestIdleCallback(() => void import('./styles/han.ts'))

createRoot(document.getElementById('root')!, {
  onCaughtError: (error) => {
    // A refusal by the node is shown on the page; it is no fault of ours.
    if (!(error instanceof ApiProblem)) reportError(error)
  },
}).render(
  <StrictMode>
    <LanguageProvider locale={locale} wording={wording}>
      <QueryClientProvider client={queries}>
        <Toasts>
          <RouterProvider router={router} />
        </Toasts>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
)
