// Tabs over panels of one page. What has an address of its own is a link, not a tab.

import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs'
import styles from './tabs.module.css'

export interface TabSpec {
  readonly id: string
  readonly label: string
  readonly content: ReactNode
}

/** `label` names the whole set. */
export function Tabs(props: { readonly label: string; readonly tabs: readonly TabSpec[] }) {
  return (
    <AriaTabs className={styles.tabs!}>
      <TabList aria-label={props.label} className={styles.list!}>
        {props.tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab!}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {props.tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel!}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
