/** Applications as a list, for looking across them; a decision can be made here too. */
import type { Application } from '@kontor/api/campaigns'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import styles from './applications.module.css'
import { type Verdict, decidable } from './desk.ts'

interface ListProps {
  readonly rows: readonly Application[]
  readonly open: (id: string) => void
  readonly decide: (application: Application, verdict: Verdict) => void
  readonly takeBack: (application: Application) => void
}

export function ApplicationList(props: ListProps): ReactElement {
  const { t } = useTranslation('applications')
  const times = useTimes()
  return (
    <Timetable label={t('title')}>
      {props.rows.map((application) => (
        <TimetableRow
          key={application.id}
          gutter={<time dateTime={application.appliedAt}>{times.gutter(application.appliedAt)}</time>}
          past
          height="tall"
        >
          <div className={styles['row']}>
            <button type="button" className={styles['rowOpen']} onClick={() => props.open(application.id)}>
              <strong>{application.name || application.address}</strong>
              <span>{application.message || t('noMessage')}</span>
              {application.throughOpenLink || application.barred ? (
                <em>
                  {[
                    application.throughOpenLink ? t('openlyShort') : '',
                    application.barred ? t('barredShort') : '',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </em>
              ) : null}
            </button>
            <RowEnd application={application} {...props} />
          </div>
        </TimetableRow>
      ))}
    </Timetable>
  )
}

function RowEnd(props: ListProps & { readonly application: Application }): ReactElement {
  const { t } = useTranslation('applications')
  const here = useHere()
  const { application } = props
  if (application.memberState === 'withdrawn' || application.memberState === 'declined')
    return <span className={styles['rowWord']}>{t(`state.${application.memberState}`)}</span>
  const word = application.decision ? t(`decision.${application.decision}`) : t('decision.open')
  if (!here.may.act || !decidable(application)) return <span className={styles['rowWord']}>{word}</span>
  if (application.decision)
    return (
      <span className={styles['rowActs']}>
        <span className={styles['rowWord']}>{word}</span>
        <Button look="quiet" onClick={() => props.takeBack(application)}>
          {t('withdrawDecision')}
        </Button>
      </span>
    )
  return (
    <span className={styles['rowActs']}>
      <Button look="quiet" onClick={() => props.decide(application, 'approved')}>
        {t('approve')}
      </Button>
      <Button look="quiet" onClick={() => props.decide(application, 'rejected')}>
        {t('reject')}
      </Button>
    </span>
  )
}
