/**
 * The day by which these people are promised an answer. Without one, rejections wait behind everything else; on that day
 * they go before all other ranks. Offered in words when the plan is long, otherwise one quiet line.
 */
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { instant, now } from '../client/clock.ts'
import { useHere } from '../client/session.ts'
import { fieldOf } from '../client/wall-time.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import styles from './applications.module.css'

interface PromisedByProps {
  /** ISO date; empty without a promise. */
  readonly day: string
  /** The plan is so long that a promise is worth a sentence. */
  readonly offered: boolean
  readonly choose: (day: string) => void
}

export function PromisedBy({ day, offered, choose }: PromisedByProps): ReactElement {
  const { t } = useTranslation('applications')
  const { zone } = useHere()
  const [present] = useState(now)
  const [asked, ask] = useState(false)
  const today = fieldOf(present, zone).slice(0, 10)
  if (!asked && day === '')
    return (
      <p className={styles['promise']}>
        {offered ? `${t('promise.offer')} ` : null}
        <Button look="link" onClick={() => ask(true)}>
          {t('promise.ask')}
        </Button>
      </p>
    )
  return (
    <div className={styles['promise']}>
      <TextField
        type="date"
        label={t('promise.label')}
        hint={t('promise.hint')}
        value={day}
        min={today}
        max={fieldOf(present + yearMs, zone).slice(0, 10)}
        problem={mayPromise(day, today, present) ? undefined : t('promise.wrong')}
        onText={choose}
      />
      <Button
        look="link"
        onClick={() => {
          choose('')
          ask(false)
        }}
      >
        {t('promise.none')}
      </Button>
    </div>
  )
}

const yearMs = 365 * 86_400_000

/** Whether the day is empty, today or ahead, within a year. */
export function mayPromise(day: string, today: string, present: number): boolean {
  return day === '' || (day >= today && instant(day) < present + yearMs)
}
