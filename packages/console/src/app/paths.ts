// Every address of the console. Pages link with these and nothing else; the router's own types check the names.

import { linkOptions } from '@tanstack/react-router'
import type { ListQuery } from '../data/list-query.ts'

export const paths = {
  home: () => linkOptions({ to: '/' }),
  inbox: (search: ListQuery = {}) => linkOptions({ to: '/inbox', search }),
  notices: () => linkOptions({ to: '/notices' }),
  requests: (channel: string, search: ListQuery = {}) =>
    linkOptions({ to: '/channels/$channel/requests', params: { channel }, search }),
  newRequest: (channel: string) => linkOptions({ to: '/channels/$channel/requests/new', params: { channel } }),
  request: (channel: string, request: string) =>
    linkOptions({ to: '/channels/$channel/requests/$request', params: { channel, request } }),
  evidence: (channel: string) => linkOptions({ to: '/channels/$channel/evidence', params: { channel } }),
  evidenceItem: (channel: string, item: string) =>
    linkOptions({ to: '/channels/$channel/evidence/$item', params: { channel, item } }),
  drafts: (channel: string) => linkOptions({ to: '/channels/$channel/drafts', params: { channel } }),
  draft: (channel: string, draft: string) =>
    linkOptions({ to: '/channels/$channel/drafts/$draft', params: { channel, draft } }),
  releases: (channel: string) => linkOptions({ to: '/channels/$channel/releases', params: { channel } }),
  release: (channel: string, draft: string) =>
    linkOptions({ to: '/channels/$channel/releases/$draft', params: { channel, draft } }),
  acknowledge: (channel: string, request: string) =>
    linkOptions({
      to: '/channels/$channel/requests/$request',
      params: { channel, request },
      search: { act: 'request.acknowledged' as const },
    }),
  hotline: (channel: string) => linkOptions({ to: '/channels/$channel/hotline', params: { channel } }),
  call: (channel: string, call: string) =>
    linkOptions({ to: '/channels/$channel/hotline/$call', params: { channel, call } }),
  directory: (channel: string) => linkOptions({ to: '/channels/$channel/directory', params: { channel } }),
  agreement: (channel: string) => linkOptions({ to: '/channels/$channel/agreement', params: { channel } }),
  commitment: (channel: string, commitment: string) =>
    linkOptions({
      to: '/channels/$channel/agreement',
      params: { channel },
      hash: `commitment-${commitment}`,
    }),
  record: (channel: string) => linkOptions({ to: '/channels/$channel/record', params: { channel } }),
  log: (channel: string, log: string) =>
    linkOptions({ to: '/channels/$channel/record/$log', params: { channel, log } }),
  entry: (channel: string, log: string, position: number) =>
    linkOptions({
      to: '/channels/$channel/record/$log/$position',
      params: { channel, log, position: String(position) },
    }),
  links: () => linkOptions({ to: '/links' }),
  people: () => linkOptions({ to: '/people' }),
  account: () => linkOptions({ to: '/account' }),
  oidc: () => linkOptions({ to: '/sign-in/oidc' }),
  gallery: () => linkOptions({ to: '/gallery' }),
} as const
