/** What was sent to many, each with what follows it, how many stand where, and its people on demand. */
import type { Followed } from '@kontor/api/follow-ups'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage, useTimes } from '../../client/language.ts'
import { useHere } from '../../client/session.ts'
import { localeOf } from '../../client/time.ts'
import { Button } from '../../ui/button.tsx'
import { CoursePeople } from './course-people.tsx'
import { ChangeFollowUps } from './change-follow-ups.tsx'
import { useEndFollowUps } from './follow-up-asks.ts'
import { StopAll } from './stop-all.tsx'
import styles from './follow-ups.module.css'

interface ListProps {
  readonly rows: readonly Followed[]
  /** Outside its campaign, a launch names it. */
  readonly naming: 'campaign' | 'nothing'
}

export function FollowedList({ rows, naming }: ListProps): ReactElement {
  return (
    <>
      {rows.map((launch, at) => (
        <Launch key={launch.launchId} launch={launch} naming={naming} first={at === 0} />
      ))}
    </>
  )
}

function Launch(props: {
  readonly launch: Followed
  readonly naming: ListProps['naming']
  readonly first: boolean
}): ReactElement {
  const { t } = useTranslation('followups')
  const here = useHere()
  const times = useTimes()
  const { launch } = props
  const { counts, followUps } = launch
  const began = counts.waiting + counts.reminder + counts.done + counts.stopped > 0
  const open = counts.waiting + counts.reminder
  const [shown, show] = useState(counts.reminder > 0 || (props.first && open > 0))
  const [dialog, ask] = useState<'change' | 'stop'>()
  const end = useEndFollowUps(launch.launchId)
  return (
    <section className={styles['launch']} aria-label={launch.subject}>
      <header>
        <h2>{launch.subject}</h2>
        <p className={styles['quiet']}>
          {[
            t(`list.kind.${launch.kind}`, { count: launch.people }),
            props.naming === 'campaign' ? (launch.campaignName ?? t('list.outside')) : '',
            t('list.by', { by: launch.by, when: times.short(launch.createdAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      <p>{followUps.length === 0 ? t('list.none') : stepsOf(launch, t)}</p>
      {launch.byHand && (followUps.length > 0 || open > 0) ? (
        <p className={styles['quiet']}>{t('blind', { address: launch.mailboxAddress })}</p>
      ) : null}
      {began ? <Figures launch={launch} /> : null}
      <div className={styles['launchActs']}>
        {began ? (
          <Button look="link" aria-expanded={shown} onClick={() => show(!shown)}>
            {t(shown ? 'list.hide' : 'list.show')}
          </Button>
        ) : null}
        {here.may.act ? (
          <>
            <Button look="link" onClick={() => ask('change')}>
              {t(followUps.length === 0 ? 'list.add' : 'list.change')}
            </Button>
            {open > 0 ? (
              <Button look="link" onClick={() => ask('stop')}>
                {t('list.stopAll')}
              </Button>
            ) : null}
          </>
        ) : null}
      </div>
      {shown && began ? <CoursePeople launch={launch} /> : null}
      {dialog === 'change' ? <ChangeFollowUps launch={launch} close={() => ask(undefined)} /> : null}
      {dialog === 'stop' ? (
        <StopAll act={t('list.stopAll')} count={open} stop={end} close={() => ask(undefined)} />
      ) : null}
    </section>
  )
}

function stepsOf({ followUps }: Followed, t: ReturnType<typeof useTranslation<'followups'>>['t']): string {
  const steps = followUps.map(({ afterDays }, at) => t('list.step', { n: at + 1, count: afterDays }))
  return `${steps.join(', ')}.`
}

/** Numbers in the gutter. What a send-only mailbox cannot know is a dash, never 0. */
function Figures({ launch }: { readonly launch: Followed }): ReactElement {
  const { t } = useTranslation('followups')
  const number = new Intl.NumberFormat(localeOf(useLanguage()))
  const { counts, answered } = launch
  const figures = [
    ...(counts.reminder > 0 ? [['reminder', counts.reminder] as const] : []),
    ['waiting', counts.waiting] as const,
    ['stopped', counts.stopped] as const,
    ['answered', answered] as const,
    ['done', counts.done] as const,
  ]
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, figure]) => (
        <div key={name} data-of={name === 'answered' ? 'stopped' : undefined}>
          <dt>{t(`figure.${name}`)}</dt>
          <dd>{figure === undefined ? t('figure.unknown') : number.format(figure)}</dd>
        </div>
      ))}
    </dl>
  )
}
