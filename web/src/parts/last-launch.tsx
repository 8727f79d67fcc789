/** Where nobody is selected any more: what was last scheduled from here, how far it is, and the way to its mails. */
import type { Launch } from '@kontor/api/launches'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { ButtonLink } from '../ui/button.tsx'
import { useLastLaunch } from './bulk-asks.ts'
import { LaunchProgress } from './launch-progress.tsx'
import styles from './sending-plan.module.css'

interface LastLaunchProps {
  /** Absent: outside any campaign. */
  readonly campaignId?: string
  /** Absent: decisions. */
  readonly kind?: Launch['kind']
}

export function LastLaunch({ campaignId, kind }: LastLaunchProps): ReactElement | null {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  const launch = useLastLaunch(campaignId, kind)
  if (!launch) return null
  return (
    <section className={styles['last']} aria-label={t('plan.last')}>
      <p className={styles['quiet']}>
        {t('plan.lastBy', { when: times.short(launch.createdAt), name: launch.by })}
      </p>
      <LaunchProgress
        launchId={launch.id}
        done={(count) => t(`plan.done.${kind ?? 'decision'}`, { count })}
      />
      {launch.leftOut > 0 ? (
        <p className={styles['quiet']}>{t('plan.leftOut', { count: launch.leftOut })}.</p>
      ) : null}
      <div className={styles['scheduledActs']}>
        <ButtonLink to="/outbox" search={campaignId === undefined ? {} : { campaignId }}>
          {t('plan.outbox')}
        </ButtonLink>
      </div>
    </section>
  )
}
