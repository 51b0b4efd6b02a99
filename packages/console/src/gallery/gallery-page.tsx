// Every part of `ui/` and both drawings, with what they look like in each state. For those who change them.

import { useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ProofPath } from '../drawing/proof-path.tsx'
import { SmallTimeline, Timeline } from '../drawing/timeline.tsx'
import { layoutPath } from '../drawing/proof-layout.ts'
import { localeNames, locales } from '../i18n/locale.ts'
import { useLanguage } from '../i18n/provider.tsx'
import { Badge } from '../ui/badge.tsx'
import type { Shape } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { OneOf, SomeOf } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Digest } from '../ui/digest.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorSummary } from '../ui/error-summary.tsx'
import { FormShell } from '../ui/form-shell.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/notice.tsx'
import { Facts, Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Select } from '../ui/select.tsx'
import { SideBySide } from '../ui/side-by-side.tsx'
import { standingLevels, StandingMark } from '../ui/standing-mark.tsx'
import { Table } from '../ui/table.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { TextArea, TextField } from '../ui/text-field.tsx'
import { useSay } from '../ui/toasts.tsx'
import { Untrusted } from '../ui/untrusted.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import styles from './gallery.module.css'

const shapes: readonly Shape[] = [
  'dot',
  'ring',
  'quarter',
  'half',
  'three-quarters',
  'disc',
  'square',
  'frame',
  'triangle',
  'diamond',
  'cross',
  'dash',
  'query',
]
const digest = '3f9c1f6f0d7e5a2b8c4d6e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b'
const start = Date.UTC(2026, 10, 17, 9)
const hour = 3_600_000
const acts = [
  { id: 'a', half: 'asking' as const, at: start, valid: true },
  { id: 'b', half: 'asked' as const, at: start + 2 * hour, valid: true },
  { id: 'c', half: 'asked' as const, at: start + 3 * hour, valid: true },
  {
    id: 'd',
    half: 'asked' as const,
    at: start + 50 * hour,
    interval: { notBefore: start + 44 * hour, notAfter: start + 60 * hour },
    valid: true,
  },
  { id: 'e', half: 'asking' as const, at: start + 80 * hour, valid: false },
]
const target = { notBefore: start + 120 * hour, notAfter: start + 126 * hour }
const path = layoutPath(11, 21).map((step, level) => ({
  ...step,
  neighbourHash: digest.slice(level) + digest.slice(0, level),
  parentHash: digest.slice(level + 7) + digest.slice(0, level + 7),
}))

function showLink(row: number) {
  return <a href="#table">{row}</a>
}

function Example(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className={styles.example}>
      <h2 className={styles.name}>{props.name}</h2>
      <div className={styles.shown}>{props.children}</div>
    </section>
  )
}

export default function GalleryPage() {
  const t = useTranslations('gallery')
  const say = useSay()
  const { choose } = useLanguage()
  const [text, setText] = useState('')
  const [one, setOne] = useState<string | undefined>('first')
  const [some, setSome] = useState<readonly string[]>(['first'])
  const [open, setOpen] = useState(false)
  const choices = [
    { id: 'first', label: t('first'), note: t('note') },
    { id: 'second', label: t('second') },
  ]
  return (
    <main className={styles.page}>
      <Page
        name={t('title')}
        under={t('lead')}
        actions={locales.map((locale) => (
          <Button key={locale} look="quiet" onPress={() => choose(locale)}>
            <span lang={locale}>{localeNames[locale]}</span>
          </Button>
        ))}
      >
        <Example name="Button">
          <div className={styles.row}>
            <Button look="main">{t('do')}</Button>
            <Button>{t('do')}</Button>
            <Button look="alarm">{t('do')}</Button>
            <Button look="quiet">{t('do')}</Button>
            <Button refusal={t('reason')}>{t('do')}</Button>
          </div>
        </Example>
        <Example name="Badge">
          <div className={styles.row}>
            {shapes.map((shape) => (
              <Badge key={shape} shape={shape}>
                <span translate="no" lang="en">
                  {shape}
                </span>
              </Badge>
            ))}
          </div>
        </Example>
        <Example name="StandingMark, VerdictMark">
          <div className={styles.row}>
            {standingLevels.map((level) => (
              <StandingMark key={level} standing={level} />
            ))}
          </div>
          <div className={styles.row}>
            <VerdictMark verdict="valid" />
            <VerdictMark verdict="invalid" code="request.ended" />
            <VerdictMark verdict="unknown" />
            <VerdictMark verdict="waiting" />
          </div>
        </Example>
        <Example name="Digest, Moment, KeyHint, Untrusted">
          <Facts
            facts={[
              ['Digest', <Digest key="short" value={digest} name={t('title')} />],
              ['Digest whole', <Digest key="whole" value={digest} name={t('title')} whole />],
              ['Moment', <Moment key="both" at={start} />],
              ['Moment exact', <Moment key="exact" at={start} look="exact" />],
              ['KeyHint', <KeyHint key="keys" keys="mod+k" />],
              ['Untrusted', <Untrusted key="text">{'invoice\u202efdp.exe and zero\u200bwidth 中文'}</Untrusted>],
            ]}
          />
        </Example>
        <Example name="TextField, TextArea, Select">
          <TextField label={t('field')} hint={t('hint')} value={text} onChange={setText} />
          <TextField label={t('field')} value={text} onChange={setText} error={t('fault')} />
          <TextArea label={t('field')} value={text} onChange={setText} rows={3} />
          <Select
            label={t('field')}
            value={one ?? ''}
            onChange={setOne}
            options={choices.map(({ id, label }) => ({ id, label }))}
          />
        </Example>
        <Example name="OneOf, SomeOf">
          <OneOf label={t('field')} choices={choices} value={one} onChange={setOne} />
          <SomeOf label={t('field')} choices={choices} value={some} onChange={setSome} error={t('fault')} />
        </Example>
        <Example name="FormShell, ErrorSummary">
          <ErrorSummary faults={[{ field: 'nowhere', message: t('fault') }]} />
          <FormShell action={t('do')} onSubmit={() => say(t('done'))} note={t('note')}>
            {null}
          </FormShell>
        </Example>
        <Example name="Notice, EmptyState, Progress">
          <Notice title={t('noticeTitle')}>{t('lead')}</Notice>
          <Notice title={t('noticeTitle')} tone="due" />
          <Notice title={t('noticeTitle')} tone="alarm" />
          <EmptyState title={t('empty')}>{t('lead')}</EmptyState>
          <Progress label={t('field')} value={2} max={5} />
          <Progress label={t('field')} />
        </Example>
        <Example name="Tabs, Dialog, toasts">
          <Tabs
            label={t('title')}
            tabs={choices.map(({ id, label }) => ({ id, label, content: <p>{t('lead')}</p> }))}
          />
          <div className={styles.row}>
            <Button onPress={() => setOpen(true)}>Dialog</Button>
            <Button onPress={() => say(t('done'))}>Toast</Button>
          </div>
          <Dialog
            open={open}
            onClose={() => setOpen(false)}
            title={t('noticeTitle')}
            foot={<Button onPress={() => setOpen(false)}>{t('do')}</Button>}
          >
            {t('lead')}
          </Dialog>
        </Example>
        <Example name="SideBySide">
          <SideBySide
            texts={[
              {
                lang: 'en',
                head: <span lang="en">English</span>,
                paragraphs: [
                  'The first paragraph is longer than its partner, so the second still begins on one line with it.',
                  'The second paragraph.',
                ],
              },
              {
                lang: 'zh-Hans',
                head: <span lang="zh-Hans">简体中文</span>,
                paragraphs: ['第一段比对应的段落短。', '第二段“引号”与《书名号》。'],
              },
            ]}
          />
        </Example>
        <Example name="Table">
          <Table
            label={t('title')}
            columns={[
              { id: 'a', head: t('first'), cell: showLink },
              { id: 'b', head: t('second'), cell: (row: number) => row * row },
            ]}
            count={3}
            row={(place) => (place === 2 ? undefined : place)}
            grid={styles.grid!}
            rowHeight={48}
          />
        </Example>
        <Example name="Timeline">
          <Timeline
            acts={acts}
            targets={[{ id: 'answer', half: 'asked', interval: target, label: t('first') }]}
            now={start + 96 * hour}
            names={{ asking: 'US', asked: 'CN' }}
            onChoose={() => undefined}
          />
          <div className={styles.small}>
            <SmallTimeline
              acts={acts}
              targets={[{ id: 'answer', half: 'asked', interval: target }]}
              now={start + 96 * hour}
            />
          </div>
        </Example>
        <Example name="ProofPath">
          <ProofPath path={path} leaf={digest} position={11} size={21} reached />
        </Example>
      </Page>
    </main>
  )
}
