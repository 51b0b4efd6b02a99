// The addresses that are pages of the console, with parameters in braces: what a node answers with the console's page,
// and nothing else. A test holds the router to this list.

export const pagePaths = [
  '/',
  '/inbox',
  '/notices',
  '/gallery',
  '/links',
  '/channels/{channel}/requests',
  '/channels/{channel}/requests/new',
  '/channels/{channel}/requests/{request}',
  '/channels/{channel}/agreement',
  '/channels/{channel}/record',
  '/channels/{channel}/record/{log}',
  '/channels/{channel}/record/{log}/{position}',
] as const
