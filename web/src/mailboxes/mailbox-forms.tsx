/** The small forms of a mailbox. Each keeps unsaved work, saves only its own fields, and is read-only without the right. */
import type { Mailbox, MailboxChange } from '@kontor/api/mailboxes'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { instant } from '../client/clock.ts'
import { useDraft } from '../client/draft.ts'
import { useLanguage } from '../client/language.ts'
import { useFieldProblem, useProblemSentence } from '../client/problem.ts'
import { localeOf } from '../client/time.ts'
import { ZonePicker } from '../parts/zone-picker.tsx'
import { Button } from '../ui/button.tsx'
import { clockTime } from '../ui/clock-time.ts'
import { Checkbox, TextField } from '../ui/field.tsx'
import { FieldLine, Note, SettingsForm } from '../ui/form.tsx'
import styles from '../ui/form.module.css'
import { TimeField } from '../ui/time-field.tsx'
import { useMailboxChange } from './asks.ts'
import { Foreseen } from './foreseen.tsx'
import { SharingFields } from './sharing-fields.tsx'

interface FormProps {
  readonly mailbox: Mailbox
}

/** The fields of a mailbox that can be changed; each of them is part of a change. */
type Field = keyof MailboxChange & keyof Mailbox

interface Parts<K extends Field> {
  readonly values: Pick<Mailbox, K>
  /** What differs from what is saved. */
  readonly typed: Partial<Pick<Mailbox, K>>
  readonly set: (change: Partial<Pick<Mailbox, K>>) => void
  readonly problem: (path: string) => string | undefined
  readonly frame: (fields: ReactNode, blocked?: boolean) => ReactElement
}

/** The state that the four forms share: what is saved, what is typed, and the frame around the fields. */
function useForm<K extends Field>(mailbox: Mailbox, name: string, fields: readonly K[]): Parts<K> {
  const sentence = useProblemSentence()
  const [typed, type, forget] = useDraft<Partial<Pick<Mailbox, K>>>(`mailbox.${mailbox.id}.${name}`, {})
  const change = useMailboxChange(mailbox.id)
  const values = { ...mailbox, ...typed }
  const differs = fields.filter((field) => JSON.stringify(values[field]) !== JSON.stringify(mailbox[field]))
  const changed = differs.length > 0
  return {
    values,
    typed: changed ? typed : {},
    set: (more) => type({ ...typed, ...more }),
    problem: useFieldProblem(change.error),
    frame: (children, blocked) => (
      <fieldset disabled={!mailbox.maySteer} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <SettingsForm
          changed={changed}
          saving={change.isPending}
          saved={change.isSuccess}
          problem={change.error ? sentence(change.error) : undefined}
          save={() => change.mutate(typed, { onSuccess: forget })}
          discard={forget}
          blocked={blocked ?? false}
        >
          {children}
        </SettingsForm>
      </fieldset>
    ),
  }
}

export function LimitsForm({ mailbox }: FormProps): ReactElement {
  const { t } = useTranslation('mailbox')
  const form = useForm(mailbox, 'limits', ['dailyLimit', 'reserve', 'paceSeconds'])
  return form.frame(
    <>
      <TextField
        label={t('limits.daily')}
        hint={t('limits.dailyHint')}
        type="number"
        min={1}
        max={300}
        value={form.values.dailyLimit}
        onText={(text) => form.set({ dailyLimit: Number(text) })}
        problem={form.problem('dailyLimit')}
      />
      <TextField
        label={t('limits.reserve')}
        hint={t('limits.reserveHint')}
        type="number"
        min={0}
        max={300}
        value={form.values.reserve}
        onText={(text) => form.set({ reserve: Number(text) })}
        problem={form.problem('reserve')}
      />
      <TextField
        label={t('limits.pace')}
        hint={t('limits.paceHint')}
        type="number"
        min={0}
        max={3600}
        value={form.values.paceSeconds}
        onText={(text) => form.set({ paceSeconds: Number(text) })}
        problem={form.problem('paceSeconds')}
      />
      <Foreseen mailbox={mailbox} change={form.typed} />
    </>,
  )
}

const week = [1, 2, 3, 4, 5, 6, 7] as const

export function TimesForm({ mailbox }: FormProps): ReactElement {
  const { t } = useTranslation('mailbox')
  const locale = localeOf(useLanguage())
  const form = useForm(mailbox, 'times', ['windowFrom', 'windowTo', 'windowDays', 'zone'])
  const { windowFrom, windowTo, windowDays, zone } = form.values
  const dayName = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return form.frame(
    <>
      <Note>{t('times.hint')}</Note>
      <FieldLine>
        <TimeField
          label={t('times.from')}
          wrong={t('times.wrong')}
          value={windowFrom}
          onTime={(next) => form.set({ windowFrom: next })}
          problem={form.problem('windowFrom')}
        />
        <TimeField
          label={t('times.to')}
          wrong={t('times.wrong')}
          value={windowTo}
          onTime={(next) => form.set({ windowTo: next })}
          problem={form.problem('windowTo')}
        />
      </FieldLine>
      <div role="group" aria-label={t('times.days')}>
        <div className={styles['days']}>
          {week.map((day) => (
            <Checkbox
              key={day}
              // 1 January 2024 was a Monday: day 1 of ISO 8601 weeks.
              label={dayName.format(instant(`2024-01-0${day}T12:00:00Z`))}
              checked={windowDays.includes(day)}
              onCheck={(checked) =>
                form.set({
                  windowDays: week.filter((one) => (one === day ? checked : windowDays.includes(one))),
                })
              }
            />
          ))}
        </div>
        <FieldLine>
          <Button look="link" onClick={() => form.set({ windowDays: [1, 2, 3, 4, 5] })}>
            {t('times.workdays')}
          </Button>
          <Button look="link" onClick={() => form.set({ windowDays: [...week] })}>
            {t('times.every')}
          </Button>
        </FieldLine>
        {form.problem('windowDays') ? <p role="alert">{form.problem('windowDays')}</p> : null}
      </div>
      <ZonePicker
        label={t('times.zone')}
        hint={t('times.zoneHint')}
        value={zone}
        choose={(next) => form.set({ zone: next })}
      />
      <Foreseen mailbox={mailbox} change={form.typed} />
    </>,
    windowDays.length === 0 || [windowFrom, windowTo].some((time) => clockTime(time) === undefined),
  )
}

export function SharingForm({ mailbox }: FormProps): ReactElement {
  const { t } = useTranslation('mailbox')
  const form = useForm(mailbox, 'sharing', ['sharing', 'namedMembers'])
  const nobody = form.values.sharing === 'named' && form.values.namedMembers.length === 0
  return form.frame(
    <SharingFields
      sharing={form.values.sharing}
      namedMembers={form.values.namedMembers}
      change={({ sharing, namedMembers }) =>
        form.set({
          ...(sharing ? { sharing } : {}),
          ...(namedMembers ? { namedMembers: [...namedMembers] } : {}),
        })
      }
      problem={nobody ? t('sharing.none') : form.problem('namedMembers')}
    />,
    nobody,
  )
}
