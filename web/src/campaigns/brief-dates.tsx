/** The days of a brief: until when people may apply, and when what they make is to be published. */
import type { Brief } from '@kontor/api/campaigns'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { now } from '../client/clock.ts'
import { useTimes } from '../client/language.ts'
import { TextField } from '../ui/field.tsx'
import { FieldLine } from '../ui/form.tsx'
import { appliesTooLate } from './open-state.ts'

interface BriefDatesProps {
  readonly brief: Brief
  readonly problem: string | undefined
  readonly keep: (brief: Brief) => void
}

export function BriefDates({ brief, problem, keep }: BriefDatesProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  const { applyUntil, publishFrom, publishUntil } = brief
  const over = appliesTooLate(brief, times.dayKey(new Date(now()).toISOString()))
  const day = (date: string): string | undefined => (date === '' ? undefined : date)
  return (
    <>
      <FieldLine>
        <TextField
          type="date"
          label={t('brief.applyUntil')}
          hint={over ? t('brief.applyOver') : t('brief.applyUntilHint')}
          value={applyUntil ?? ''}
          onText={(date) => keep({ ...brief, applyUntil: day(date) })}
        />
      </FieldLine>
      <FieldLine>
        <TextField
          type="date"
          label={t('brief.publishFrom')}
          value={publishFrom ?? ''}
          {...(publishUntil ? { max: publishUntil } : {})}
          onText={(date) => keep({ ...brief, publishFrom: day(date) })}
        />
        <TextField
          type="date"
          label={t('brief.publishUntil')}
          value={publishUntil ?? ''}
          {...(publishFrom ? { min: publishFrom } : {})}
          problem={problem}
          onText={(date) => keep({ ...brief, publishUntil: day(date) })}
        />
      </FieldLine>
    </>
  )
}
