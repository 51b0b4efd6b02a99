// A request drawn on one axis of time: the asking half above, the asked half below, each act a numbered mark that stands
// in the list under the drawing, each target a flag, each doubt about a time a band.

import { useFormatter, useTranslations } from 'use-intl'
import { layoutTimeline } from './timeline-layout.ts'
import type { Half, TimelineAct, TimelineLayout, TimelineTarget } from './timeline-layout.ts'
import { useWidth } from './use-width.ts'
import styles from './timeline.module.css'

const mark = 22
const labelsHeight = 22
const flagHeight = 16
const tickRoom = 104
const narrowTickRoom = 76
const narrowWidth = 480
const inset = 26
const minute = 60_000
const day = 86_400_000

export interface TimelineLine extends TimelineAct {
  /** An act without effect is drawn crossed out. */
  readonly valid: boolean
}

export interface TimelineFlag extends TimelineTarget {
  readonly label: string
}

export function Timeline(props: {
  readonly acts: readonly TimelineLine[]
  readonly targets: readonly TimelineFlag[]
  readonly now: number | undefined
  readonly names: Readonly<Record<Half, string>>
  /** What is said of the halves where they are not those who ask and are asked. */
  readonly says?: Readonly<Record<Half | 'described', string>>
  /** Where a mark leads, by the id of its act. */
  readonly onChoose: (id: string) => void
}) {
  const t = useTranslations('timeline')
  const format = useFormatter()
  const [place, width] = useWidth<HTMLElement>(800)
  const first = props.acts[0]?.at ?? 0
  const layout = layoutTimeline({
    acts: props.acts,
    targets: props.targets.map((target) => ({ ...target, labelWidth: widthOf(target.label) })),
    now: props.now,
    width,
    mark,
    gap: 14,
    inset,
    tickRoom: width < narrowWidth ? narrowTickRoom : tickRoom,
    zoneOffset: -new Date(first).getTimezoneOffset() * 60_000,
  })
  const flags = layout.labelRows * flagHeight
  const top = 18 + flags
  const height = top + layout.height + labelsHeight + 34
  return (
    <figure ref={place} className={styles.figure}>
      <svg
        width={width}
        height={height}
        viewBox={`0 ${-top} ${width} ${height}`}
        role="img"
        aria-label={
          props.says?.described ??
          t('described', {
            count: props.acts.length,
            asking: props.names.asking,
            asked: props.names.asked,
          })
        }
      >
        <text x="0" y={-4 - flags} className={styles.half}>
          {props.says?.asking ?? t('asking', { party: props.names.asking })}
        </text>
        <text x="0" y={layout.height + labelsHeight + 26} className={styles.half}>
          {props.says?.asked ?? t('asked', { party: props.names.asked })}
        </text>
        <Axis layout={layout} />
        {layout.ticks.map((tick) => (
          <text
            key={tick.at}
            x={tick.x}
            y={layout.height + labelsHeight + 4}
            className={styles.tick}
            textAnchor={anchor(tick.x, width)}
          >
            {format.dateTime(new Date(tick.at), labelOf(layout.step))}
          </text>
        ))}
        {layout.targets.map((target) => (
          <g key={target.id} className={styles.target}>
            <rect
              x={target.from - 1}
              y={flagHeight * target.row - flags}
              width={Math.max(2, target.to - target.from)}
              height={layout.height - 2 + flags - flagHeight * target.row}
              className={target.open === undefined ? styles.targetBand : styles.targetOpen}
            />
            <text x={target.label} y={flagHeight * target.row - flags + 11} className={styles.flag}>
              {props.targets.find(({ id }) => id === target.id)?.label}
            </text>
          </g>
        ))}
        {layout.now === undefined ? null : (
          <g className={styles.now}>
            <path d={`M${layout.now} 0V${layout.height}`} />
            <text x={layout.now - 5} y={layout.height - 3} textAnchor="end">
              {t('now')}
            </text>
          </g>
        )}
        {layout.marks.map(({ id, x, y }) => (
          <path key={id} d={`M${x} ${layout.axis}V${y}`} className={styles.stem} />
        ))}
        {layout.marks.map((placed, i) => (
          <g
            key={placed.id}
            className={`${styles.mark} ${placed.half === 'asking' ? styles.asking : styles.asked}`}
            onClick={() => props.onChoose(placed.id)}
          >
            <circle cx={placed.x} cy={placed.y} r={mark / 2 - 1} className={styles.disc} />
            <text x={placed.x} y={placed.y} className={styles.number}>
              {i + 1}
            </text>
            {props.acts[i]?.valid === false ? (
              <path d={`M${placed.x - 12} ${placed.y + 12}l24-24`} className={styles.crossed} />
            ) : null}
          </g>
        ))}
      </svg>
    </figure>
  )
}

/** About how wide the words are in the drawing: an ideograph is as wide as it is high. */
function widthOf(label: string): number {
  return [...label].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12 : 6.6), 0)
}

/** As precise as the step between two labels asks, and no more. */
function labelOf(step: number) {
  const date = { month: 'short', day: 'numeric' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  if (step >= day) return date
  return step >= minute ? { ...date, ...clock } : { ...clock, second: '2-digit' as const }
}

function anchor(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 50) return 'start'
  return x > width - 50 ? 'end' : 'middle'
}

function Axis(props: { layout: TimelineLayout }) {
  const { axis, width, ticks, marks } = props.layout
  return (
    <>
      {marks.map(({ id, band }) =>
        band === undefined || band[1] - band[0] < 1 ? null : (
          <rect key={id} x={band[0]} y={axis - 4} width={band[1] - band[0]} height="8" className={styles.band} />
        ),
      )}
      <path d={`M0 ${axis}H${width}`} className={styles.axis} />
      {ticks.map((tick) => (
        <path key={tick.at} d={`M${tick.x} ${axis - 3}v6`} className={styles.axis} />
      ))}
    </>
  )
}

/**
 * The same drawing as small as a row allows: marks without numbers, the target a stroke and as wide as the doubt about it. It
 * repeats what the row says.
 */
export function SmallTimeline(props: {
  readonly acts: readonly TimelineAct[]
  readonly targets: readonly TimelineTarget[]
  readonly now: number | undefined
}) {
  const [place, width] = useWidth<HTMLElement>(140)
  const layout = layoutTimeline({ ...props, width, mark: 7, gap: 3, inset: 5, tickRoom: 0 })
  return (
    <span ref={place} className={styles.small}>
      <svg width={width} height={layout.height} viewBox={`0 0 ${width} ${layout.height}`} aria-hidden="true">
        <path d={`M0 ${layout.axis}H${width}`} className={styles.axis} />
        {layout.now === undefined ? null : <path d={`M0 ${layout.axis}H${layout.now}`} className={styles.past} />}
        {layout.marks.map(({ id, band }) =>
          band === undefined || band[1] - band[0] < 1 ? null : (
            <rect
              key={id}
              x={band[0]}
              y={layout.axis - 2}
              width={band[1] - band[0]}
              height="4"
              className={styles.band}
            />
          ),
        )}
        {layout.targets.map((target) => (
          <g key={target.id}>
            <rect
              x={target.from}
              y={layout.axis - 8}
              width={target.to - target.from}
              height="16"
              className={target.open === undefined ? styles.targetBand : styles.targetOpen}
            />
            {target.open === 'before' ? null : (
              <path d={`M${target.from} ${layout.axis - 8}v16`} className={styles.targetStroke} />
            )}
          </g>
        ))}
        {layout.marks.map((placed) => (
          <circle
            key={placed.id}
            cx={placed.x}
            cy={placed.y}
            r="3"
            className={placed.half === 'asking' ? styles.smallAsking : styles.smallAsked}
          />
        ))}
      </svg>
    </span>
  )
}
