/**
 * Addresses of inbox, campaigns, applications, influencers and the creator's pages. Each screen is a chunk of its
 * own, fetched when a link to it is about to be followed.
 */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { deskRoute, rootRoute } from './frame-routes.tsx'

const InboxPage = lazyRouteComponent(() => import('../inbox/inbox-page.tsx'), 'InboxPage')
const CampaignsPage = lazyRouteComponent(() => import('../campaigns/campaigns-page.tsx'), 'CampaignsPage')
const CampaignPage = lazyRouteComponent(() => import('../campaigns/campaign-page.tsx'), 'CampaignPage')
const InvitePage = lazyRouteComponent(() => import('../campaigns/invite-page.tsx'), 'InvitePage')
const CampaignBulkPage = lazyRouteComponent(() => import('../campaigns/bulk-page.tsx'), 'BulkPage')
const ContactBulkPage = lazyRouteComponent(() => import('../influencers/bulk-page.tsx'), 'BulkPage')
const ApplicationsPage = lazyRouteComponent(
  () => import('../applications/applications-page.tsx'),
  'ApplicationsPage',
)
const DecisionsPage = lazyRouteComponent(() => import('../applications/decisions-page.tsx'), 'DecisionsPage')
const InfluencersPage = lazyRouteComponent(
  () => import('../influencers/influencers-page.tsx'),
  'InfluencersPage',
)
const InfluencerPage = lazyRouteComponent(
  () => import('../influencers/influencer-page.tsx'),
  'InfluencerPage',
)
const FollowUpsPage = lazyRouteComponent(() => import('../follow-ups/follow-ups-page.tsx'), 'FollowUpsPage')
const ResultsPage = lazyRouteComponent(() => import('../results/results-page.tsx'), 'ResultsPage')
const ImportPage = lazyRouteComponent(() => import('../influencers/import-page.tsx'), 'ImportPage')
const DuplicatesPage = lazyRouteComponent(
  () => import('../influencers/duplicates-page.tsx'),
  'DuplicatesPage',
)
const BriefPage = lazyRouteComponent(() => import('../brief/brief-page.tsx'), 'BriefPage')
const OpenPage = lazyRouteComponent(() => import('../brief/open-page.tsx'), 'OpenPage')
const DownloadPage = lazyRouteComponent(() => import('../download/download-page.tsx'), 'DownloadPage')
const UnsubscribePage = lazyRouteComponent(() => import('../brief/unsubscribe-page.tsx'), 'UnsubscribePage')

const Step = z.object({ step: z.enum(['write', 'plan']).optional().catch(undefined) })

const inbox = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox',
  loader: () => InboxPage.preload?.(),
  component: () => <InboxPage />,
})
const conversation = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox/$conversationId',
  loader: () => InboxPage.preload?.(),
  component: () => <InboxPage conversationId={conversation.useParams().conversationId} />,
})
const campaigns = createRoute({
  getParentRoute: () => deskRoute,
  path: '/campaigns',
  loader: () => CampaignsPage.preload?.(),
  component: () => <CampaignsPage />,
})
const campaign = createRoute({
  getParentRoute: () => deskRoute,
  path: '/campaigns/$campaignId',
  loader: () => CampaignPage.preload?.(),
  component: () => <CampaignPage campaignId={campaign.useParams().campaignId} />,
})
const campaignTab = createRoute({
  getParentRoute: () => deskRoute,
  path: '/campaigns/$campaignId/$tab',
  loader: () => CampaignPage.preload?.(),
  component: () => <CampaignPage {...campaignTab.useParams()} />,
})
const invite = createRoute({
  getParentRoute: () => deskRoute,
  path: '/campaigns/$campaignId/invite',
  loader: () => InvitePage.preload?.(),
  component: () => <InvitePage campaignId={invite.useParams().campaignId} />,
})
const campaignBulk = createRoute({
  getParentRoute: () => deskRoute,
  path: '/campaigns/$campaignId/message',
  validateSearch: Step,
  loader: () => CampaignBulkPage.preload?.(),
  component: () => (
    <CampaignBulkPage
      campaignId={campaignBulk.useParams().campaignId}
      step={campaignBulk.useSearch().step ?? 'write'}
    />
  ),
})
const contactBulk = createRoute({
  getParentRoute: () => deskRoute,
  path: '/influencers/message',
  validateSearch: Step,
  loader: () => ContactBulkPage.preload?.(),
  component: () => <ContactBulkPage step={contactBulk.useSearch().step ?? 'write'} />,
})
const applications = createRoute({
  getParentRoute: () => deskRoute,
  path: '/campaigns/$campaignId/applications',
  loader: () => ApplicationsPage.preload?.(),
  component: () => <ApplicationsPage campaignId={applications.useParams().campaignId} />,
})
const decisions = createRoute({
  getParentRoute: () => deskRoute,
  path: '/campaigns/$campaignId/applications/plan',
  loader: () => DecisionsPage.preload?.(),
  component: () => <DecisionsPage campaignId={decisions.useParams().campaignId} />,
})
const influencers = createRoute({
  getParentRoute: () => deskRoute,
  path: '/influencers',
  loader: () => InfluencersPage.preload?.(),
  component: () => <InfluencersPage />,
})
const importFile = createRoute({
  getParentRoute: () => deskRoute,
  path: '/influencers/import',
  loader: () => ImportPage.preload?.(),
  component: () => <ImportPage />,
})
const imported = createRoute({
  getParentRoute: () => deskRoute,
  path: '/influencers/import/$importId',
  loader: () => ImportPage.preload?.(),
  component: () => <ImportPage importId={imported.useParams().importId} />,
})
const duplicates = createRoute({
  getParentRoute: () => deskRoute,
  path: '/influencers/duplicates',
  loader: () => DuplicatesPage.preload?.(),
  component: () => <DuplicatesPage />,
})
const influencer = createRoute({
  getParentRoute: () => deskRoute,
  path: '/influencers/$contactId',
  loader: () => InfluencerPage.preload?.(),
  component: () => <InfluencerPage contactId={influencer.useParams().contactId} />,
})
const followUps = createRoute({
  getParentRoute: () => deskRoute,
  path: '/follow-ups',
  loader: () => FollowUpsPage.preload?.(),
  component: () => <FollowUpsPage />,
})
const results = createRoute({
  getParentRoute: () => deskRoute,
  path: '/results',
  loader: () => ResultsPage.preload?.(),
  component: () => <ResultsPage />,
})
const brief = createRoute({
  getParentRoute: () => rootRoute,
  path: '/b/$token',
  loader: () => BriefPage.preload?.(),
  component: () => <BriefPage token={brief.useParams().token} />,
})
const open = createRoute({
  getParentRoute: () => rootRoute,
  path: '/o/$token',
  loader: () => OpenPage.preload?.(),
  component: () => <OpenPage token={open.useParams().token} />,
})
const unsubscribe = createRoute({
  getParentRoute: () => rootRoute,
  path: '/u/$token',
  loader: () => UnsubscribePage.preload?.(),
  component: () => <UnsubscribePage token={unsubscribe.useParams().token} />,
})

const download = createRoute({
  getParentRoute: () => rootRoute,
  path: '/f/$token',
  loader: () => DownloadPage.preload?.(),
  component: () => <DownloadPage token={download.useParams().token} />,
})

/** Screens of the team. */
export const deskFeatures = [
  inbox,
  conversation,
  campaigns,
  campaign,
  campaignTab,
  invite,
  campaignBulk,
  contactBulk,
  applications,
  decisions,
  influencers,
  importFile,
  imported,
  duplicates,
  influencer,
  followUps,
  results,
] as const
/** Pages for creators, without a session. */
export const publicFeatures = [brief, open, unsubscribe, download] as const
