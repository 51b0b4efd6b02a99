// The search field of a list. It searches when asked to, not at each letter: each search is a question to the node.

import { useState } from 'react'
import type { Ref } from 'react'
import { Input } from 'react-aria-components/Input'
import { SearchField } from 'react-aria-components/SearchField'
import { KeyHint } from '../ui/key-hint.tsx'
import styles from './inbox.module.css'

const searchLengthMax = 200

export function SearchForm({
  ref,
  ...props
}: {
  readonly label: string
  readonly value: string
  readonly onSearch: (text: string) => void
  readonly ref: Ref<HTMLInputElement>
}) {
  const [text, setText] = useState(props.value)
  const [searched, setSearched] = useState(props.value)
  if (searched !== props.value) {
    // The address has changed by other means, such as going back.
    setSearched(props.value)
    setText(props.value)
  }
  return (
    <search className={styles.search}>
      <SearchField
        aria-label={props.label}
        value={text}
        onChange={setText}
        onSubmit={(asked) => props.onSearch(asked.trim())}
        onClear={() => props.onSearch('')}
        className={styles.searchField!}
      >
        <Input ref={ref} className={styles.searchInput!} placeholder={props.label} maxLength={searchLengthMax} />
        <KeyHint keys="/" />
      </SearchField>
    </search>
  )
}
