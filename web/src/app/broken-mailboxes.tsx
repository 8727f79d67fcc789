/** A line above every screen while a mailbox cannot work: for its owner, and for owners and admins of the workspace. */
import { useRouterState } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useMailboxes } from '../parts/mailboxes.ts'
import { useWhy } from '../parts/health.ts'
import { ButtonLink } from '../ui/button.tsx'
import { Banner } from '../ui/states.tsx'
import styles from './desk.module.css'

export function BrokenMailboxes(): ReactElement | null {
  const { t } = useTranslation('notices')
  const why = useWhy()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const broken = (useMailboxes().data ?? []).filter(
    ({ maySteer, health }) => maySteer && (health === 'reconnect_needed' || health === 'waiting_for_admin'),
  )
  const [first] = broken
  // where mailboxes are listed, each says so itself
  if (first === undefined || path.startsWith('/settings/integrations')) return null
  if (broken.length > 1)
    return (
      <div className={styles['broken']}>
        <Banner
          tone="problem"
          act={
            <ButtonLink to="/settings/integrations" search={{}}>
              {t('broken.all')}
            </ButtonLink>
          }
        >
          {t('broken.several', { count: broken.length })}
        </Banner>
      </div>
    )
  const reason = why(first)
  const sentence =
    first.health === 'waiting_for_admin'
      ? t('broken.waiting_for_admin', { address: first.address })
      : reason === ''
        ? t('broken.reconnect_needed_plain', { address: first.address })
        : t('broken.reconnect_needed', { address: first.address, why: reason })
  return (
    <div className={styles['broken']}>
      <Banner
        tone={first.health === 'waiting_for_admin' ? 'waiting' : 'problem'}
        act={
          <ButtonLink to="/settings/integrations/$mailboxId" params={{ mailboxId: first.id }}>
            {t('broken.act', { address: first.address })}
          </ButtonLink>
        }
      >
        {sentence}
      </Banner>
    </div>
  )
}
