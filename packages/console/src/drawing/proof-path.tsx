// The path from an entry to the signed root, drawn from the leaf at the foot to the root at the head: the hashes computed
// here on the spine, the hashes that the proof brought at its sides.

import { useTranslations } from 'use-intl'
import type { PathHash } from '../record/verify-entry.ts'
import { useWidth } from './use-width.ts'
import styles from './proof-path.module.css'

const levelHeight = 60
const top = 40
const foot = 42
const nodeRadius = 6
const armMax = 210

function short(hash: string): string {
  return hash.slice(0, 8)
}

export function ProofPath(props: {
  readonly path: readonly PathHash[]
  readonly leaf: string
  readonly position: number
  readonly size: number
  readonly reached: boolean
}) {
  const t = useTranslations('proof')
  const [place, width] = useWidth<HTMLElement>(640)
  const { path } = props
  const spine = width / 2
  const arm = Math.min(armMax, width / 2 - 56)
  const height = top + path.length * levelHeight + foot
  /** Level 0 is the leaf. */
  const y = (level: number) => height - foot - level * levelHeight
  const root = path.at(-1)?.parentHash ?? props.leaf

  return (
    <figure ref={place} className={styles.figure}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('described', { position: props.position, size: props.size, levels: path.length })}
      >
        {path.map((step, level) => {
          const x = step.side === 'left' ? spine - arm : spine + arm
          const anchor = step.side === 'left' ? 'start' : 'end'
          const label = step.side === 'left' ? Math.max(0, x - 48) : Math.min(width, x + 48)
          return (
            <g key={`${step.side}-${step.neighbour.start}-${step.neighbour.end}`}>
              <path d={`M${spine} ${y(level)}V${y(level + 1)}`} className={styles.spine} />
              <path d={`M${x} ${y(level)}L${spine} ${y(level + 1)}`} className={styles.branch} />
              <rect x={x - 5} y={y(level) - 5} width="10" height="10" className={styles.given} />
              <text x={label} y={y(level) + 20} textAnchor={anchor}>
                {short(step.neighbourHash)}
              </text>
              <text x={label} y={y(level) + 34} textAnchor={anchor} className={styles.range}>
                {step.neighbour.end - step.neighbour.start === 1
                  ? t('one', { position: step.neighbour.start })
                  : t('several', { first: step.neighbour.start, last: step.neighbour.end - 1 })}
              </text>
            </g>
          )
        })}
        {path.map((step, level) =>
          level === path.length - 1 ? null : (
            <g key={step.parentHash}>
              <circle cx={spine} cy={y(level + 1)} r={nodeRadius} className={styles.computed} />
              <text
                x={spine + (step.side === 'left' ? 14 : -14)}
                y={y(level + 1) + 4}
                textAnchor={step.side === 'left' ? 'start' : 'end'}
              >
                {short(step.parentHash)}
              </text>
            </g>
          ),
        )}
        <circle cx={spine} cy={y(0)} r={nodeRadius + 2} className={styles.leaf} />
        <text x={spine} y={y(0) + 26} textAnchor="middle" className={styles.strong}>
          {t('leaf', { position: props.position, hash: short(props.leaf) })}
        </text>
        {path.length === 0 ? null : (
          <circle
            cx={spine}
            cy={y(path.length)}
            r={nodeRadius + 2}
            className={props.reached ? styles.leaf : styles.missed}
          />
        )}
        <text x={spine} y={y(path.length) - 20} textAnchor="middle" className={styles.strong}>
          {props.reached ? t('root', { hash: short(root), size: props.size }) : t('rootMissed', { hash: short(root) })}
        </text>
      </svg>
    </figure>
  )
}
