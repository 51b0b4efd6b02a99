// What goes along with a text that is being written: items of evidence of the channel, each put into the manifest by what its
// entry commits to.

import type { EvidenceState } from '@parley/mechanism'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { view } from '../data/queries.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import { formatShown } from '../ui/untrusted-text.ts'
import { Untrusted } from '../ui/untrusted.tsx'
import type { ActDraft } from './act-draft.ts'
import styles from './act-form.module.css'

const none = ''
/** Nobody looks into a sealed file to say what it is. */
const unknownMedia = 'application/octet-stream'
const itemsShownMax = 100

export function AttachmentsFields(props: {
  readonly channel: string
  readonly draft: ActDraft
  readonly onChange: (draft: ActDraft) => void
}) {
  const t = useTranslations('attachments')
  const queries = useQueryClient()
  const { channel, draft, onChange } = props
  const { attachments } = draft
  const { data } = useQuery(view('listEvidence', { params: { channel }, query: { limit: itemsShownMax } }))
  const items = (data?.items ?? []).filter(({ id }) => !attachments.some(({ item }) => item === id))
  const nameOf = (name: string | null, id: string) => name ?? id.slice(0, 16)

  const attach = async (id: string) => {
    const { item, state } = await queries.ensureQueryData(view('viewEvidence', { params: { channel, id } }))
    const attachment = {
      name: nameOf(item.name, id),
      media: unknownMedia,
      bytes: item.bytes,
      digest: (state as unknown as EvidenceState).ciphertext,
      item: id,
    }
    onChange({ ...draft, attachments: [...attachments, attachment] })
  }
  if (attachments.length + items.length === 0) return null
  return (
    <>
      {attachments.map(({ digest, name }) => (
        <div key={digest} className={styles.particular}>
          <Untrusted>{name}</Untrusted>
          <Button
            look="quiet"
            onPress={() => onChange({ ...draft, attachments: attachments.filter((one) => one.digest !== digest) })}
          >
            {t('remove', { name: formatShown(name) })}
          </Button>
        </div>
      ))}
      {items.length === 0 ? null : (
        <Select
          label={t('add')}
          value={none}
          options={[
            { id: none, label: t('choose') },
            ...items.map(({ id, name }) => ({ id, label: formatShown(nameOf(name, id)) })),
          ]}
          onChange={(id) => {
            if (id !== none) void attach(id)
          }}
        />
      )}
    </>
  )
}
