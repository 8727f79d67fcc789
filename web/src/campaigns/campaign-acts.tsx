/** What can be done with a campaign as a whole: decide on applications, start, pause, close. Closing comes last and asks. */
import type { Campaign } from '@kontor/api/campaigns'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Dialog, Kebab, Menu } from '../ui/overlay.tsx'
import { useSetStatus } from './asks.ts'
import styles from './campaigns.module.css'
import { reached } from '../parts/reached.ts'

export function CampaignActs({ campaign }: { readonly campaign: Campaign }): ReactElement {
  const { t } = useTranslation('campaigns')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const status = useSetStatus(campaign.id)
  const [closing, setClosing] = useState(false)
  const [pausing, setPausing] = useState(false)
  const open = campaign.counts.applied
  const people = reached(campaign.counts).inCampaign
  return (
    <>
      {status.error ? (
        <span role="alert" className={styles['problemText']}>
          {t('head.failed', { why: sentence(status.error) })}
        </span>
      ) : null}
      {open > 0 ? (
        <ButtonLink to="/campaigns/$campaignId/applications" params={{ campaignId: campaign.id }}>
          {t('head.decide', { count: open })}
        </ButtonLink>
      ) : null}
      {campaign.status === 'draft' || campaign.status === 'paused' ? (
        <Button
          look={people > 0 ? 'primary' : 'plain'}
          busy={status.isPending}
          onClick={() => status.mutate('running')}
        >
          {campaign.status === 'draft' ? t('head.start') : t('head.resume')}
        </Button>
      ) : null}
      {campaign.status === 'running' ? (
        <Button
          busy={status.isPending}
          onClick={() => (campaign.pausable > 0 ? setPausing(true) : status.mutate('paused'))}
        >
          {t('head.pause')}
        </Button>
      ) : null}
      {campaign.status === 'closed' ? null : (
        <Menu
          target={
            <Button look="tool" aria-label={shell('act.options')}>
              <Kebab />
            </Button>
          }
          groups={[[{ label: t('head.close'), act: () => setClosing(true), problem: true }]]}
        />
      )}
      <Dialog
        title={t('head.closeTitle', { name: campaign.name })}
        opened={closing}
        close={() => setClosing(false)}
        acts={
          <>
            <Button
              look="problem"
              busy={status.isPending}
              onClick={() => status.mutate('closed', { onSuccess: () => setClosing(false) })}
            >
              {t('head.close')}
            </Button>
            <Button onClick={() => setClosing(false)}>{t('head.keepOpen')}</Button>
          </>
        }
      >
        <p>
          {t('head.closeWaiting', { count: campaign.waiting })} {t('head.closeBody')}
        </p>
      </Dialog>
      <Dialog
        title={t('head.pauseTitle', { name: campaign.name })}
        opened={pausing}
        close={() => setPausing(false)}
        acts={
          <>
            <Button
              look="primary"
              busy={status.isPending}
              onClick={() => status.mutate('paused', { onSuccess: () => setPausing(false) })}
            >
              {t('head.pause')}
            </Button>
            <Button onClick={() => setPausing(false)}>{shell('act.cancel')}</Button>
          </>
        }
      >
        <p>{t('head.pauseBody', { count: campaign.pausable })}</p>
      </Dialog>
    </>
  )
}
