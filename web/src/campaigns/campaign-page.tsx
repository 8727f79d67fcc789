/** One campaign: its head with status and acts, and six tabs, each with its own address. */
import type { Campaign } from '@kontor/api/campaigns'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { Page, TabBar } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { useCampaign, useMailboxes } from './asks.ts'
import { BriefEditor } from './brief-editor.tsx'
import { CampaignActs } from './campaign-acts.tsx'
import { FollowUps } from './follow-ups.tsx'
import { MessagesEditor } from './messages-editor.tsx'
import { People } from './people.tsx'
import { Results } from './results.tsx'
import { CampaignSettings } from './campaign-settings.tsx'
import styles from './campaigns.module.css'

const tabs = ['people', 'brief', 'messages', 'follow-ups', 'results', 'settings'] as const
type Tab = (typeof tabs)[number]

interface CampaignPageProps {
  readonly campaignId: string
  /** From the address; anything unknown is the people. */
  readonly tab?: string
}

export function CampaignPage({ campaignId, tab }: CampaignPageProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const sentence = useProblemSentence()
  const found = useCampaign(campaignId)
  if (found.data) return <Opened campaign={found.data} tab={tabs.find((one) => one === tab) ?? 'people'} />
  const gone = found.error instanceof ProblemError && found.error.status === 404
  return (
    <Page title={t('title')} back={<Link to="/campaigns">{t('back')}</Link>}>
      {found.isPending ? <Loading /> : null}
      {gone ? <EmptyState sentence={t('error.gone')} act={<Link to="/campaigns">{t('back')}</Link>} /> : null}
      {found.error && !gone ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
    </Page>
  )
}

function Opened({ campaign, tab }: { readonly campaign: Campaign; readonly tab: Tab }): ReactElement {
  const { t } = useTranslation('campaigns')
  const here = useHere()
  const address = useMailboxes().find((mailbox) => mailbox.id === campaign.mailboxId)?.address
  const facts = [
    t('head.waiting', { count: campaign.waiting }),
    address ? t('head.from', { address }) : campaign.mailboxId ? '' : t('head.noMailbox'),
  ]
  return (
    <Page
      title={campaign.name}
      back={<Link to="/campaigns">{t('back')}</Link>}
      acts={here.may.act ? <CampaignActs campaign={campaign} /> : null}
    >
      <p className={styles['facts']}>
        {[t(`head.sentence.${campaign.status}`), ...facts].filter(Boolean).join(' ')}
      </p>
      <TabBar label={campaign.name}>
        {tabs.map((one) =>
          one === 'people' ? (
            <Link
              key={one}
              to="/campaigns/$campaignId"
              params={{ campaignId: campaign.id }}
              activeOptions={{ exact: true }}
            >
              {t('tab.people')}
            </Link>
          ) : (
            <Link key={one} to="/campaigns/$campaignId/$tab" params={{ campaignId: campaign.id, tab: one }}>
              {t(`tab.${one}`)}
            </Link>
          ),
        )}
      </TabBar>
      <TabContent campaign={campaign} tab={tab} />
    </Page>
  )
}

function TabContent({ campaign, tab }: { readonly campaign: Campaign; readonly tab: Tab }): ReactElement {
  const contents = {
    people: People,
    brief: BriefEditor,
    messages: MessagesEditor,
    'follow-ups': FollowUps,
    results: Results,
    settings: CampaignSettings,
  } as const
  const Content = contents[tab]
  return <Content campaign={campaign} />
}
