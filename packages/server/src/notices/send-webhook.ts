// Tells an address that the administrator has set that there is something to look at: over TLS, to where the name leads and
// nowhere it may not lead (T-08), without following anything. Signed after the Standard Webhooks specification.

import { createHmac } from 'node:crypto'
import { request } from 'node:https'
import type { Webhook } from '../db/webhooks.ts'
import { ServerError } from '../error.ts'
import { createGuardedLookup, isBarred } from '../peers/peer-address.ts'
import type { Resolve } from '../peers/peer-address.ts'

const patienceMilliseconds = 10_000

export interface WebhookOptions {
  readonly ca?: string
  readonly resolve?: Resolve
}

/** @throws ServerError `notice.webhook` for an address that may not be told. */
export function openWebhookAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const isAddress = /^[\d.]+$/.test(host) || host.includes(':')
  if (
    url?.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    url.hash !== '' ||
    url.href !== text ||
    host.endsWith('.') ||
    (isAddress && isBarred(host, false))
  ) {
    throw new ServerError('notice.webhook', 'this is no address that may be told')
  }
  return url
}

/** The signature over id, time (Unix seconds) and body, as its header carries it. */
export function signWebhook(secret: Uint8Array, id: string, time: number, body: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${time}.${body}`).digest('base64')}`
}

/** The key of the signatures as it is shown to the administrator. */
export function formatWebhookSecret(secret: Uint8Array): string {
  return `whsec_${secret.toBase64()}`
}

/** Sends one notice. @throws ServerError `notice.webhook` unless it was answered with success. */
export function sendWebhook(
  { secret, url }: Pick<Webhook, 'secret' | 'url'>,
  notice: { readonly id: string; readonly body: string; readonly now: number },
  options: WebhookOptions = {},
): Promise<void> {
  const time = Math.floor(notice.now / 1000)
  const refused = (cause?: unknown) => new ServerError('notice.webhook', 'the address did not take it', { cause })
  return new Promise((resolve, reject) => {
    const sent = request(
      openWebhookAddress(url),
      {
        method: 'POST',
        minVersion: 'TLSv1.2',
        agent: false,
        lookup: createGuardedLookup(options.resolve),
        signal: AbortSignal.timeout(patienceMilliseconds),
        ...(options.ca === undefined ? {} : { ca: options.ca }),
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(notice.body),
          'webhook-id': notice.id,
          'webhook-timestamp': String(time),
          'webhook-signature': signWebhook(secret, notice.id, time, notice.body),
        },
      },
      (response) => {
        // Nothing in the answer matters but its status.
        response.destroy()
        const status = response.statusCode ?? 0
        if (status >= 200 && status < 300) resolve()
        else reject(refused())
      },
    )
    sent.on('error', (cause) => reject(refused(cause)))
    sent.end(notice.body)
  })
}
