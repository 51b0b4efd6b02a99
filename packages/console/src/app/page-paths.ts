// The addresses that are pages of the console, with parameters in braces: what a node answers with the console's page,
// and nothing else. A test holds the router to this list.

export const pagePaths = [
  '/',
  '/inbox',
  '/notices',
  '/gallery',
  '/links',
  '/people',
  '/account',
  '/sign-in/oidc',
  '/channels/{channel}/requests',
  '/channels/{channel}/requests/new',
  '/channels/{channel}/requests/{request}',
  '/channels/{channel}/drafts',
  '/channels/{channel}/drafts/{draft}',
  '/channels/{channel}/releases',
  '/channels/{channel}/releases/{draft}',
  '/channels/{channel}/agreement',
  '/channels/{channel}/record',
  '/channels/{channel}/record/{log}',
  '/channels/{channel}/record/{log}/{position}',
] as const
