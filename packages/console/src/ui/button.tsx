// A button of three weights. A disabled one can say why: it stays reachable, and its reason is its description.

import { useId } from 'react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import styles from './button.module.css'

export interface ButtonProps extends Omit<
  AriaButtonProps,
  'className' | 'children' | 'isDisabled' | 'isPending' | 'style'
> {
  readonly children: ReactNode
  readonly look?: 'main' | 'plain' | 'quiet' | 'alarm'
  /** Why the button cannot be used now; shown beside it and read out with it. */
  readonly refusal?: string | undefined
  /** What it does is under way: a second press does nothing. */
  readonly isPending?: boolean
}

// The parts library announces a pending button by a label that is left behind, empty, when the button goes meanwhile.

/** With a `refusal` the press does nothing, but the button keeps its focus so that the reason can be read. */
export function Button({ look = 'plain', refusal, isPending = false, children, onPress, ...rest }: ButtonProps) {
  const reasonId = useId()
  const refused = refusal !== undefined
  return (
    <>
      <AriaButton
        {...rest}
        {...(refused
          ? { 'aria-describedby': reasonId, 'aria-disabled': true }
          : isPending
            ? { 'aria-disabled': true, 'data-pending': true }
            : onPress === undefined
              ? {}
              : { onPress })}
        className={`${styles.button} ${styles[look]}`}
        data-refused={refused || undefined}
      >
        {children}
      </AriaButton>
      {refused ? (
        <span id={reasonId} className={styles.reason}>
          {refusal}
        </span>
      ) : null}
    </>
  )
}
