/** The days of a plan: a sentence on the last mail, a bar per day, and whom it delays. */
import type { MailboxPlan } from '@kontor/api/outbox'
import type { CSSProperties, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../client/language.ts'
import { localeOf } from '../client/time.ts'
import { type DayBar, dayBars, leavingDays, longPlanDays, planLength } from './plan-view.ts'
import styles from './sending-plan.module.css'

type Shown = Pick<MailboxPlan, 'total' | 'days' | 'firstAt' | 'lastAt' | 'delays'>

interface PlanDaysProps {
  readonly plan: Shown
  /** No other mailbox can be chosen; a long plan does not advise it then. */
  readonly fixed?: boolean
  /** It tells of a step of something else: a long plan lists no days and advises nothing. */
  readonly brief?: boolean
}

export function PlanDays({ plan, fixed, brief }: PlanDaysProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const length = planLength(plan.days)
  return (
    <>
      <PlanSentence plan={plan} />
      {brief && length > longPlanDays ? null : (
        <ol className={styles['days']} aria-label={t('plan.days')}>
          {dayBars(leavingDays(plan.days)).map((bar) => (
            <Day key={bar.date} bar={bar} />
          ))}
        </ol>
      )}
      {length > longPlanDays ? (
        <p className={styles['long']}>{t(longSentence(fixed, brief), { count: length })}</p>
      ) : null}
      <Delays plan={plan} />
    </>
  )
}

function longSentence(
  fixed: boolean | undefined,
  brief: boolean | undefined,
): 'plan.long' | 'plan.longHere' | 'plan.longThere' {
  if (brief) return 'plan.longThere'
  return fixed ? 'plan.longHere' : 'plan.long'
}

/** When the first and the last one leave. */
export function PlanSentence({ plan }: { readonly plan: Omit<Shown, 'days' | 'delays'> }): ReactElement {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  return <p className={styles['sentence']}>{leaving(plan, t, times)}</p>
}

function leaving(
  plan: Omit<Shown, 'days' | 'delays'>,
  t: ReturnType<typeof useTranslation<'campaigns'>>['t'],
  times: ReturnType<typeof useTimes>,
): string {
  const { firstAt, lastAt, total } = plan
  if (total === 0) return ''
  if (!firstAt || !lastAt) return t('plan.noTime')
  if (total === 1) return t('plan.one', { when: times.about(firstAt) })
  const [first, last] = [times.about(firstAt), times.about(lastAt)]
  return first === last ? t('plan.together', { when: first }) : t('plan.span', { first, last })
}

function Day({ bar }: { readonly bar: DayBar }): ReactElement {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  const number = new Intl.NumberFormat(localeOf(useLanguage()))
  const widths: CSSProperties & Record<`--${string}`, string> = {
    '--leaving': `${bar.leavingShare * 100}%`,
    '--used': `${bar.usedShare * 100}%`,
    '--others': `${bar.othersShare * 100}%`,
  }
  return (
    <li className={styles['day']}>
      <time dateTime={bar.date}>{times.date(bar.date)}</time>
      <span className={styles['bar']} style={widths} aria-hidden="true">
        <span className={styles['barUsed']} />
        <span className={styles['barOthers']} />
        <span className={styles['barLeaving']} />
      </span>
      <span className={styles['dayCount']}>{number.format(bar.leaving)}</span>
      {bar.others + bar.used > 0 ? (
        <small>
          {[
            bar.used > 0 ? t('plan.used', { count: bar.used }) : '',
            bar.others > 0 ? t('plan.others', { count: bar.others }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      ) : null}
    </li>
  )
}

function Delays({ plan }: { readonly plan: Shown }): ReactElement | null {
  const { t } = useTranslation('campaigns')
  if (plan.total === 0) return null
  if (plan.delays.length === 0) return <p className={styles['quiet']}>{t('plan.noDelay')}</p>
  return (
    <ul className={styles['delays']}>
      {plan.delays.map((delay) => (
        <li key={delay.kind}>
          {t('plan.delay', {
            what: t(`plan.delayed.${delay.kind}`, { count: delay.count }),
            days: t('plan.dayCount', { count: delay.days }),
          })}
        </li>
      ))}
    </ul>
  )
}
