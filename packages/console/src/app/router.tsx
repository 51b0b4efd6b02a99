// The tree of pages: what each needs before it is shown, and where its code is. Pages are loaded when first wanted.

import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { parseListQuery } from '../data/list-query.ts'
import { inboxList, view } from '../data/queries.ts'
import { callsShownMax, pingsShownMax } from './limits.ts'
import { HomePage } from './home-page.tsx'
import { paths } from './paths.ts'
import { PendingPage } from './pending-page.tsx'
import { MissingPage, ProblemPage } from './problem-page.tsx'
import { Shell } from './shell.tsx'
import { managesPeople, readsCases } from '../session/roles.ts'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  notFoundComponent: MissingPage,
  errorComponent: ProblemPage,
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  // The session goes first, alone: without one, every other question would only add a refusal.
  beforeLoad: async ({ context: { queries } }) => {
    await queries.ensureQueryData(view('viewSession'))
  },
  loader: async ({ context: { queries } }) => {
    await Promise.all([queries.ensureQueryData(view('viewNode')), queries.ensureQueryData(view('listChannels'))])
  },
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  loader: async ({ context: { queries } }) => {
    const { grants } = await queries.ensureQueryData(view('viewSession'))
    // Whoever reads no cases, as an administrator, begins where their work is.
    // oxlint-disable-next-line typescript/only-throw-error -- the router's way of saying: go there instead
    if (!readsCases(grants) && managesPeople(grants)) throw redirect({ ...paths.people(), replace: true })
    const [first] = (await queries.ensureQueryData(view('listChannels'))).items
    // oxlint-disable-next-line typescript/only-throw-error -- the router's way of saying: go there instead
    if (first !== undefined) throw redirect({ ...paths.inbox(), replace: true })
  },
  component: HomePage,
})

const requests = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/requests',
  validateSearch: parseListQuery,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, params, deps }) =>
    Promise.all([
      queries.ensureInfiniteQueryData(inboxList(params.channel, deps)),
      queries.ensureQueryData(view('listSavedFilters')),
    ]),
  component: lazyRouteComponent(() => import('../inbox/inbox-page.tsx'), 'ChannelInboxPage'),
})

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/inbox',
  validateSearch: parseListQuery,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) =>
    Promise.all([
      queries.ensureInfiniteQueryData(inboxList(undefined, deps)),
      queries.ensureQueryData(view('listSavedFilters')),
    ]),
  component: lazyRouteComponent(() => import('../inbox/inbox-page.tsx'), 'InboxPage'),
})

const notices = createRoute({
  getParentRoute: () => signedIn,
  path: '/notices',
  loader: ({ context: { queries } }) =>
    Promise.all([
      queries.ensureQueryData(view('viewNoticePreferences')),
      queries.ensureQueryData(view('listWebhooks')),
    ]),
  component: lazyRouteComponent(() => import('../notices/notices-page.tsx')),
})

const newRequest = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/requests/new',
  loader: ({ context: { queries }, params }) =>
    Promise.all([
      queries.ensureQueryData(view('viewChannel', { params })),
      queries.ensureQueryData(view('viewAgreement', { params })),
    ]),
  component: lazyRouteComponent(() => import('../requests/new-request-page.tsx')),
})

const request = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/requests/$request',
  validateSearch: ({ act }): { act?: 'request.acknowledged' } => (act === 'request.acknowledged' ? { act } : {}),
  loader: ({ context: { queries }, params: { channel, request: id } }) =>
    queries.ensureQueryData(view('viewRequest', { params: { channel, id } })),
  component: lazyRouteComponent(() => import('../requests/request-page.tsx')),
})

const evidence = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/evidence',
  loader: ({ context: { queries }, params }) => queries.ensureQueryData(view('viewChannel', { params })),
  component: lazyRouteComponent(() => import('../evidence/evidence-page.tsx')),
})

const evidenceItem = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/evidence/$item',
  loader: ({ context: { queries }, params: { channel, item: id } }) =>
    Promise.all([
      queries.ensureQueryData(view('viewChannel', { params: { channel } })),
      queries.ensureQueryData(view('viewEvidence', { params: { channel, id } })),
    ]),
  component: lazyRouteComponent(() => import('../evidence/item-page.tsx')),
})

const drafts = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/drafts',
  loader: ({ context: { queries }, params }) => queries.ensureQueryData(view('listDrafts', { params })),
  component: lazyRouteComponent(() => import('../drafts/drafts-page.tsx')),
})

const draft = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/drafts/$draft',
  loader: ({ context: { queries }, params: { channel, draft: id } }) =>
    Promise.all([
      queries.ensureQueryData(view('viewDraft', { params: { channel, draft: id } })),
      queries.ensureQueryData(view('viewChannel', { params: { channel } })),
    ]),
  component: lazyRouteComponent(() => import('../drafts/draft-page.tsx')),
})

const releases = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/releases',
  loader: ({ context: { queries }, params }) => queries.ensureQueryData(view('listReleases', { params })),
  component: lazyRouteComponent(() => import('../release/releases-page.tsx')),
})

const release = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/releases/$draft',
  loader: ({ context: { queries }, params }) => queries.ensureQueryData(view('viewRelease', { params })),
  component: lazyRouteComponent(() => import('../release/release-page.tsx')),
})

const hotline = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/hotline',
  loader: ({ context: { queries }, params }) =>
    Promise.all([
      queries.ensureQueryData(view('viewChannel', { params })),
      queries.ensureQueryData(view('listCalls', { params, query: { limit: callsShownMax } })),
      queries.ensureQueryData(view('viewCallFigures', { params })),
    ]),
  component: lazyRouteComponent(() => import('../hotline/hotline-page.tsx')),
})

const call = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/hotline/$call',
  loader: ({ context: { queries }, params: { channel, call: id } }) =>
    queries.ensureQueryData(view('viewCall', { params: { channel, id } })),
  component: lazyRouteComponent(() => import('../hotline/call-page.tsx')),
})

const directory = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/directory',
  loader: ({ context: { queries }, params }) =>
    Promise.all([
      queries.ensureQueryData(view('viewChannel', { params })),
      queries.ensureQueryData(view('viewDirectory', { params })),
      queries.ensureQueryData(view('listPings', { params, query: { limit: pingsShownMax } })),
    ]),
  component: lazyRouteComponent(() => import('../directory/directory-page.tsx')),
})

const agreement = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/agreement',
  loader: ({ context: { queries }, params }) =>
    Promise.all([
      queries.ensureQueryData(view('viewChannel', { params })),
      queries.ensureQueryData(view('viewAgreement', { params })),
    ]),
  component: lazyRouteComponent(() => import('../agreement/agreement-page.tsx')),
})

const record = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/record',
  loader: ({ context: { queries }, params }) =>
    Promise.all([queries.ensureQueryData(view('listLogs')), queries.ensureQueryData(view('viewChannel', { params }))]),
  component: lazyRouteComponent(() => import('../record/logs-page.tsx')),
})

const log = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/record/$log',
  loader: ({ context: { queries }, params }) =>
    Promise.all([
      queries.ensureQueryData(view('listLogs')),
      queries.prefetchQuery(view('listEntries', { params, query: { from: 0, limit: 100 } })),
    ]),
  component: lazyRouteComponent(() => import('../record/log-page.tsx')),
})

const entry = createRoute({
  getParentRoute: () => signedIn,
  path: '/channels/$channel/record/$log/$position',
  loader: ({ context: { queries }, params }) =>
    Promise.all([
      queries.ensureQueryData(view('listLogs')),
      queries.ensureQueryData(view('viewEntry', { params: { log: params.log, position: Number(params.position) } })),
    ]),
  component: lazyRouteComponent(() => import('../record/entry-page.tsx')),
})

const links = createRoute({
  getParentRoute: () => signedIn,
  path: '/links',
  loader: ({ context: { queries } }) => queries.ensureQueryData(view('listPeers')),
  component: lazyRouteComponent(() => import('../link-health/links-page.tsx')),
})

const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/people',
  loader: ({ context: { queries } }) =>
    Promise.all([
      queries.ensureQueryData(view('listPeople')),
      queries.ensureQueryData(view('listSecurityEvents', { query: { limit: 20 } })),
    ]),
  component: lazyRouteComponent(() => import('../people/people-page.tsx')),
})

const account = createRoute({
  getParentRoute: () => signedIn,
  path: '/account',
  loader: ({ context: { queries } }) =>
    Promise.all([queries.ensureQueryData(view('listSessions')), queries.ensureQueryData(view('listPasskeys'))]),
  component: lazyRouteComponent(() => import('../people/own-account-page.tsx')),
})

const oidc = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/oidc',
  component: lazyRouteComponent(() => import('../session/oidc-page.tsx')),
})

const gallery = createRoute({
  getParentRoute: () => root,
  path: '/gallery',
  component: lazyRouteComponent(() => import('../gallery/gallery-page.tsx')),
})

const tree = root.addChildren([
  gallery,
  oidc,
  signedIn.addChildren([
    home,
    inbox,
    notices,
    requests,
    newRequest,
    request,
    evidence,
    evidenceItem,
    drafts,
    draft,
    releases,
    release,
    hotline,
    call,
    directory,
    agreement,
    record,
    log,
    entry,
    links,
    people,
    account,
  ]),
])

/** The router over a cache of what the node has answered. */
export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ProblemPage,
    defaultNotFoundComponent: MissingPage,
    defaultPendingComponent: PendingPage,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
