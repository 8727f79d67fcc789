/** A mailbox that is not connected yet, because an admin at the provider has to allow reading first. */
import type { AdminRequest } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Kebab, Menu } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { TimetableRow } from '../ui/timetable.tsx'
import { AdminLink } from './admin-link.tsx'
import { useConnect, useStopWaiting } from './asks.ts'
import styles from './mailboxes.module.css'

export function AdminRequestRow({ request }: { readonly request: AdminRequest }): ReactElement {
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const times = useTimes()
  const sentence = useProblemSentence()
  const connect = useConnect()
  const stop = useStopWaiting(request.id)
  const { endpoint, label, sharing, namedMembers, answer = 'waiting' } = request
  const go = (level: 'full' | 'send_only') => connect.mutate({ endpoint, level, sharing, namedMembers })
  const failed = connect.error ?? stop.error
  const agreed = answer === 'agreed'
  return (
    <TimetableRow gutter={times.gutter(request.askedAt)} past height="open">
      <div className={styles['line']}>
        <div className={styles['first']}>
          <b>{t('admin.label', { label })}</b>
          <span>{` · ${part('level.full')}`}</span>
        </div>
        <div className={styles['second']}>
          <span data-tone={answer === 'declined' ? 'problem' : 'waiting'}>{t(`admin.${answer}`)}</span>
          {answer === 'waiting' ? ` · ${t('admin.since', { when: times.short(request.askedAt) })}` : ''}
          <br />
          {answer === 'waiting' ? t('admin.why') : t(`admin.${answer}Why`)}
        </div>
        <div className={styles['kebab']}>
          <Menu
            target={
              <Button look="tool" aria-label={t('admin.menu', { label })}>
                <Kebab />
              </Button>
            }
            groups={[
              agreed ? [] : [{ label: t('admin.again'), act: () => go('full') }],
              [{ label: t('admin.stop'), act: () => stop.mutate(), problem: true }],
            ].filter((group) => group.length > 0)}
          />
        </div>
        <div className={styles['rowActs']}>
          {agreed ? (
            <Button look="primary" busy={connect.isPending} onClick={() => go('full')}>
              {t('admin.connect')}
            </Button>
          ) : (
            <AdminLink request={request} />
          )}
          <Button look="link" busy={connect.isPending} onClick={() => go('send_only')}>
            {t('admin.sendOnly')}
          </Button>
        </div>
      </div>
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
    </TimetableRow>
  )
}
