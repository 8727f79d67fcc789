/**
 * The day's capacity of an address as one rule of fine ticks, one per mail: used in ink, used outside this workspace
 * in grey, reserved hollow, and what waits as a number beyond the end. Where it is narrow each hundred has a line.
 */
import type { Capacity } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ticks } from './capacity.ts'
import styles from './capacity-rule.module.css'

interface RuleProps {
  readonly capacity: Capacity
}

export function CapacityRule({ capacity }: RuleProps): ReactElement {
  const { t } = useTranslation('parts')
  const hundreds = Array.from({ length: Math.ceil(capacity.limit / 100) }, (_, index) => index * 100)
  const said = [
    t('capacity.used', { used: capacity.used, limit: capacity.limit }),
    capacity.usedElsewhere > 0 ? t('capacity.elsewhere', { count: capacity.usedElsewhere }) : '',
    capacity.reserved > 0 ? t('capacity.reserved', { count: capacity.reserved }) : '',
    t('capacity.waiting', { count: capacity.waiting }),
  ]
  return (
    <span className={styles['place']}>
      <span className={styles['rule']} role="img" aria-label={said.filter(Boolean).join(', ')}>
        {hundreds.map((from) => (
          <Line key={from} capacity={capacity} from={from} to={from + 100} />
        ))}
        {capacity.waiting > 0 ? (
          <span className={styles['beyond']}>+{t('number', { value: capacity.waiting })}</span>
        ) : null}
      </span>
    </span>
  )
}

function Line({
  capacity,
  from,
  to,
}: RuleProps & { readonly from: number; readonly to: number }): ReactElement {
  const { used, elsewhere, free, reserved, width } = ticks(capacity, from, to)
  return (
    <svg className={styles['line']} width={width} height="12" viewBox={`0 0 ${width} 12`} aria-hidden="true">
      <path d={free} className={styles['free']} />
      <path d={reserved} className={styles['reserved']} />
      <path d={elsewhere} className={styles['elsewhere']} />
      <path d={used} className={styles['used']} />
    </svg>
  )
}
