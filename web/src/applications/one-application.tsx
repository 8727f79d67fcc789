/** One application on the screen: the letter, the person, the decision. J/K move, A/R decide, U undoes. */
import type { Application } from '@kontor/api/campaigns'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useHere } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { useKeys } from '../ui/keys.ts'
import { LetterText } from '../parts/letter-text.tsx'
import styles from './applications.module.css'
import { type Verdict, decidable } from './desk.ts'

interface OneProps {
  readonly application: Application
  /** Counted from 1. */
  readonly position: number
  readonly count: number
  readonly move: (step: 1 | -1) => void
  readonly decide: (verdict: Verdict) => void
  readonly takeBack: () => void
  /** Undefined when there is nothing to undo. */
  readonly undo: (() => void) | undefined
}

export function OneApplication(props: OneProps): ReactElement {
  const { t } = useTranslation('applications')
  const times = useTimes()
  const here = useHere()
  const { application } = props
  useKeys({ j: () => props.move(1), k: () => props.move(-1) })
  return (
    <article className={styles['one']} aria-live="polite">
      <div className={styles['pager']}>
        <span>{t('position', { position: props.position, count: props.count })}</span>
        <Button
          look="quiet"
          disabled={props.position === 1}
          aria-keyshortcuts="k"
          onClick={() => props.move(-1)}
        >
          {t('previous')}
        </Button>
        <Button
          look="quiet"
          disabled={props.position === props.count}
          aria-keyshortcuts="j"
          onClick={() => props.move(1)}
        >
          {t('next')}
        </Button>
      </div>
      <header className={styles['oneHead']}>
        <h2>{application.name || application.address}</h2>
        <p>
          {[application.handle, application.address].filter(Boolean).join(' · ')}
          <br />
          {t('applied', { when: times.short(application.appliedAt) })}
        </p>
      </header>
      <Caution application={application} />
      <div className={styles['oneLetter']}>
        {application.message ? (
          <LetterText text={application.message} />
        ) : (
          <p className={styles['quiet']}>{t('noMessage')}</p>
        )}
      </div>
      <p className={styles['oneLinks']}>
        <Link to="/influencers/$contactId" params={{ contactId: application.contactId }}>
          {t('openPerson')}
        </Link>
        {application.conversationId ? (
          <Link to="/inbox/$conversationId" params={{ conversationId: application.conversationId }}>
            {t('openConversation')}
          </Link>
        ) : null}
      </p>
      <div className={styles['verdict']}>
        <VerdictWord application={application} />
        {here.may.act ? <Acts {...props} /> : null}
      </div>
    </article>
  )
}

/** What to know before deciding: how it came here, and that no email would leave. */
function Caution({ application }: { readonly application: Application }): ReactElement | null {
  const { t } = useTranslation('applications')
  const { throughOpenLink, barred } = application
  if (!throughOpenLink && !barred) return null
  return (
    <div className={styles['caution']}>
      {throughOpenLink ? <p>{t('openly')}</p> : null}
      {barred ? <p>{t('barred', { why: t(`barredWhy.${barred}`) })}</p> : null}
    </div>
  )
}

function Acts(props: OneProps): ReactElement {
  const { t } = useTranslation('applications')
  const open = decidable(props.application)
  useKeys({
    a: () => props.decide('approved'),
    r: () => props.decide('rejected'),
    u: () => props.undo?.(),
  })
  return (
    <>
      {open ? (
        <div className={styles['verdictActs']}>
          <Button
            look={props.application.decision === 'approved' ? 'plain' : 'primary'}
            aria-pressed={props.application.decision === 'approved'}
            aria-keyshortcuts="a"
            onClick={() => props.decide('approved')}
          >
            {t('approve')}
          </Button>
          <Button
            aria-pressed={props.application.decision === 'rejected'}
            aria-keyshortcuts="r"
            onClick={() => props.decide('rejected')}
          >
            {t('reject')}
          </Button>
          {props.undo ? (
            <Button look="quiet" aria-keyshortcuts="u" onClick={props.undo}>
              {t('undo')}
            </Button>
          ) : null}
          {!props.undo && props.application.decision ? (
            <Button look="quiet" onClick={props.takeBack}>
              {t('withdrawDecision')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <p className={styles['keys']}>{t('keys')}</p>
    </>
  )
}

/** What is decided, by whom, and whether it has left. */
export function VerdictWord({ application }: { readonly application: Application }): ReactElement | null {
  const { t } = useTranslation('applications')
  const times = useTimes()
  if (application.memberState === 'withdrawn' || application.memberState === 'declined')
    return <p className={styles['verdictWord']}>{t(`state.${application.memberState}`)}</p>
  if (!application.decision) return null
  return (
    <p className={styles['verdictWord']} role="status">
      <strong>{t(`decision.${application.decision}`)}.</strong>{' '}
      {application.decidedBy ? `${t('decidedBy', { name: application.decidedBy })} ` : ''}
      {application.decisionSentAt
        ? t('sentAt', { when: times.short(application.decisionSentAt) })
        : application.barred
          ? t('staysHere')
          : t('collected')}
    </p>
  )
}
