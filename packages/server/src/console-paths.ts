// The addresses that the console's router knows (packages/console/src/app/paths.ts): the node answers these with its
// page, and every other unknown address with nothing. A test holds the two lists together.

export const consolePaths = [
  '/',
  '/inbox',
  '/notices',
  '/channels/{channel}/requests',
  '/channels/{channel}/requests/new',
  '/channels/{channel}/requests/{request}',
  '/channels/{channel}/evidence',
  '/channels/{channel}/evidence/{item}',
  '/channels/{channel}/drafts',
  '/channels/{channel}/drafts/{draft}',
  '/channels/{channel}/releases',
  '/channels/{channel}/releases/{draft}',
  '/channels/{channel}/hotline',
  '/channels/{channel}/hotline/{call}',
  '/channels/{channel}/directory',
  '/channels/{channel}/agreement',
  '/channels/{channel}/record',
  '/channels/{channel}/record/{log}',
  '/channels/{channel}/record/{log}/{position}',
  '/links',
  '/people',
  '/account',
  '/sign-in/oidc',
  '/gallery',
] as const
