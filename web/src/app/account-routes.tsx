/** Addresses of the way in (set-up, sign-in, invitation, the one question), settings, outbox, team and help. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { z } from 'zod'
import { deskRoute, rootRoute, signedInRoute } from './frame-routes.tsx'

const SetupPage = lazyRouteComponent(() => import('../welcome/setup-page.tsx'), 'SetupPage')
const SignInPage = lazyRouteComponent(() => import('../welcome/sign-in-page.tsx'), 'SignInPage')
const ForgottenPage = lazyRouteComponent(() => import('../welcome/forgotten-page.tsx'), 'ForgottenPage')
const ResetPage = lazyRouteComponent(() => import('../welcome/reset-page.tsx'), 'ResetPage')
const NoticesPage = lazyRouteComponent(() => import('../notices/notices-page.tsx'), 'NoticesPage')
const NotificationsPage = lazyRouteComponent(
  () => import('../settings/notifications-page.tsx'),
  'NotificationsPage',
)
const SecurityPage = lazyRouteComponent(() => import('../settings/security-page.tsx'), 'SecurityPage')
const JoinPage = lazyRouteComponent(() => import('../welcome/join-page.tsx'), 'JoinPage')
const AdminAnswerPage = lazyRouteComponent(
  () => import('../welcome/admin-answer-page.tsx'),
  'AdminAnswerPage',
)
const StartPage = lazyRouteComponent(() => import('../welcome/start-page.tsx'), 'StartPage')
const ProfilePage = lazyRouteComponent(() => import('../settings/profile-page.tsx'), 'ProfilePage')
const IntegrationsPage = lazyRouteComponent(
  () => import('../mailboxes/integrations-page.tsx'),
  'IntegrationsPage',
)
const MailSignInPage = lazyRouteComponent(() => import('../mailboxes/sign-in-page.tsx'), 'SignInPage')
const ConnectPage = lazyRouteComponent(() => import('../mailboxes/connect-page.tsx'), 'ConnectPage')
const MailboxPage = lazyRouteComponent(() => import('../mailboxes/mailbox-page.tsx'), 'MailboxPage')
const ActivityPage = lazyRouteComponent(() => import('../activity/activity-page.tsx'), 'ActivityPage')
const TeamPage = lazyRouteComponent(() => import('../team/team-page.tsx'), 'TeamPage')
const BrandPage = lazyRouteComponent(() => import('../brand/brand-page.tsx'), 'BrandPage')
const TemplatesPage = lazyRouteComponent(() => import('../templates/templates-page.tsx'), 'TemplatesPage')
const TemplatePage = lazyRouteComponent(() => import('../templates/template-page.tsx'), 'TemplatePage')
const NewTemplatePage = lazyRouteComponent(() => import('../templates/template-page.tsx'), 'NewTemplatePage')
const ServerPage = lazyRouteComponent(() => import('../server/server-page.tsx'), 'ServerPage')
const OutboxPage = lazyRouteComponent(() => import('../outbox/outbox-page.tsx'), 'OutboxPage')
const HelpPage = lazyRouteComponent(() => import('../help/help-page.tsx'), 'HelpPage')

const home = createRoute({
  getParentRoute: () => deskRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' })
  },
})
const setup = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  validateSearch: z.object({ token: z.string().optional().catch(undefined) }),
  loader: () => SetupPage.preload?.(),
  component: () => <SetupPage token={setup.useSearch().token ?? ''} />,
})
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: z.object({ back: z.string().startsWith('/').optional().catch(undefined) }),
  loader: () => SignInPage.preload?.(),
  component: () => <SignInPage back={signIn.useSearch().back ?? '/'} />,
})
const join = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join/$token',
  loader: () => JoinPage.preload?.(),
  component: () => <JoinPage token={join.useParams().token} />,
})
const forgotten = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten',
  loader: () => ForgottenPage.preload?.(),
  component: () => <ForgottenPage />,
})
const reset = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset/$token',
  loader: () => ResetPage.preload?.(),
  component: () => <ResetPage token={reset.useParams().token} />,
})
const adminAnswer = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin-answer',
  validateSearch: z.object({ answer: z.enum(['agreed', 'declined', 'unknown']).catch('unknown') }),
  loader: () => AdminAnswerPage.preload?.(),
  component: () => <AdminAnswerPage answer={adminAnswer.useSearch().answer} />,
})
const start = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/start',
  loader: () => StartPage.preload?.(),
  component: () => <StartPage />,
})
const settings = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile' })
  },
})
const profile = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/profile',
  loader: () => ProfilePage.preload?.(),
  component: () => <ProfilePage />,
})
const notifications = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/notifications',
  loader: () => NotificationsPage.preload?.(),
  component: () => <NotificationsPage />,
})
const security = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/security',
  loader: () => SecurityPage.preload?.(),
  component: () => <SecurityPage />,
})
const notices = createRoute({
  getParentRoute: () => deskRoute,
  path: '/notices',
  loader: () => NoticesPage.preload?.(),
  component: () => <NoticesPage />,
})
const integrations = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/integrations',
  validateSearch: z.object({ outcome: z.string().optional().catch(undefined) }),
  loader: () => IntegrationsPage.preload?.(),
  component: () => <IntegrationsPage outcome={integrations.useSearch().outcome} />,
})
const connect = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/integrations/connect',
  validateSearch: z.object({
    endpoint: z.string().optional().catch(undefined),
    level: z.enum(['full', 'send_only']).optional().catch(undefined),
  }),
  loader: () => ConnectPage.preload?.(),
  component: () => <ConnectPage {...connect.useSearch()} />,
})
const mailSignIn = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/integrations/sign-in',
  validateSearch: z.object({
    state: z.string().catch(''),
    level: z.enum(['full', 'send_only']).catch('full'),
    address: z.string().optional().catch(undefined),
  }),
  loader: () => MailSignInPage.preload?.(),
  component: () => <MailSignInPage {...mailSignIn.useSearch()} />,
})
const mailbox = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings/integrations/$mailboxId',
  loader: () => MailboxPage.preload?.(),
  component: () => <MailboxPage mailboxId={mailbox.useParams().mailboxId} />,
})
const team = createRoute({
  getParentRoute: () => deskRoute,
  path: '/workspace/team',
  loader: () => TeamPage.preload?.(),
  component: () => <TeamPage />,
})
const brand = createRoute({
  getParentRoute: () => deskRoute,
  path: '/workspace/brand',
  loader: () => BrandPage.preload?.(),
  component: () => <BrandPage />,
})
const templates = createRoute({
  getParentRoute: () => deskRoute,
  path: '/workspace/templates',
  loader: () => TemplatesPage.preload?.(),
  component: () => <TemplatesPage />,
})
const newTemplate = createRoute({
  getParentRoute: () => deskRoute,
  path: '/workspace/templates/new',
  loader: () => NewTemplatePage.preload?.(),
  component: () => <NewTemplatePage />,
})
const template = createRoute({
  getParentRoute: () => deskRoute,
  path: '/workspace/templates/$templateId',
  loader: () => TemplatePage.preload?.(),
  component: () => {
    const { templateId } = template.useParams()
    return <TemplatePage key={templateId} templateId={templateId} />
  },
})
const activity = createRoute({
  getParentRoute: () => deskRoute,
  path: '/workspace/logs',
  loader: () => ActivityPage.preload?.(),
  component: () => <ActivityPage />,
})
const server = createRoute({
  getParentRoute: () => deskRoute,
  path: '/workspace/server',
  loader: () => ServerPage.preload?.(),
  component: () => <ServerPage />,
})
const outbox = createRoute({
  getParentRoute: () => deskRoute,
  path: '/outbox',
  validateSearch: z.object({
    section: z.enum(['waiting', 'held', 'past']).optional().catch(undefined),
    mailboxId: z.string().optional().catch(undefined),
    campaignId: z.string().optional().catch(undefined),
    kind: z.enum(['direct', 'invitation', 'approval', 'bulk', 'rejection']).optional().catch(undefined),
    q: z.string().optional().catch(undefined),
  }),
  loader: () => OutboxPage.preload?.(),
  component: () => <OutboxPage filter={outbox.useSearch()} />,
})
const help = createRoute({
  getParentRoute: () => deskRoute,
  path: '/help',
  loader: () => HelpPage.preload?.(),
  component: () => <HelpPage />,
})

/** Pages before anybody is signed in. */
export const publicAccount = [setup, signIn, forgotten, reset, join, adminAnswer] as const
/** Pages without navigation for somebody signed in. */
export const bareAccount = [start] as const
/** Screens on the desk. */
export const deskAccount = [
  home,
  settings,
  profile,
  notifications,
  security,
  notices,
  integrations,
  mailSignIn,
  connect,
  mailbox,
  team,
  brand,
  templates,
  newTemplate,
  template,
  activity,
  server,
  outbox,
  help,
] as const
