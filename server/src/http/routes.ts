/** The domains that speak HTTP, in one list. Each mounts its own paths below /api/v1. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import {
  brandRoutes,
  campaignRoutes,
  followUpRoutes,
  launchRoutes,
  openLinkRoutes,
  publicRoutes,
  templateRoutes,
} from '../campaigns/routes.ts'
import type { CampaignRouteParts } from '../campaigns/routes.ts'
import { contactRoutes, importRoutes } from '../contacts/routes.ts'
import type { ContactRouteParts } from '../contacts/routes.ts'
import { fileRoutes } from '../correspondence/routes.ts'
import { helpRoutes } from '../help/routes.ts'
import type { Env } from '../http-kit/index.ts'
import type { InstallationParts } from '../installation/routes.ts'
import { installationRoutes } from '../installation/routes.ts'
import { carryLayout } from '../inbox/index.ts'
import { inboxRoutes } from '../inbox/routes.ts'
import type { InboxRouteParts } from '../inbox/routes.ts'
import { mailboxRoutes } from '../mailboxes/routes.ts'
import type { MailboxRouteParts } from '../mailboxes/routes.ts'
import type { Clock } from '../platform/clock/index.ts'
import { privacyRoutes } from '../privacy/routes.ts'
import { receivingRoutes } from '../receiving/routes.ts'
import { rehearsalRoutes } from '../rehearsal/routes.ts'
import type { RehearsalParts } from '../rehearsal/index.ts'
import { resultRoutes } from '../results/routes.ts'
import { outboxRoutes } from '../sending/routes.ts'
import type { OutboxRouteParts } from '../sending/routes.ts'
import { noticeRoutes } from '../notices/routes.ts'
import type { NoticeRouteParts } from '../notices/routes.ts'
import { accountRoutes, teamRoutes } from '../team/routes.ts'
import type { TeamParts } from '../team/routes.ts'

/** What the routes of all domains need together. */
export type DomainParts = TeamParts &
  Omit<MailboxRouteParts, 'signedIn'> &
  ContactRouteParts &
  CampaignRouteParts &
  InboxRouteParts &
  InstallationParts &
  NoticeRouteParts &
  OutboxRouteParts & { readonly clock: Clock; readonly rehearsal: RehearsalParts }

export function domainRoutes(parts: DomainParts): readonly OpenAPIHono<Env>[] {
  return [
    teamRoutes(parts),
    accountRoutes(parts),
    noticeRoutes(parts),
    mailboxRoutes({
      ...parts,
      signedIn: async (c) => (await parts.sessions.read(c.req.header('cookie')))?.personId,
    }),
    receivingRoutes(parts),
    privacyRoutes(parts),
    importRoutes(parts),
    contactRoutes(parts),
    campaignRoutes(parts),
    brandRoutes(parts),
    launchRoutes(parts),
    followUpRoutes(parts),
    templateRoutes({ ...parts, carryLayout }),
    publicRoutes(parts),
    openLinkRoutes(parts),
    outboxRoutes(parts),
    inboxRoutes(parts),
    fileRoutes(parts),
    installationRoutes(parts),
    resultRoutes(parts),
    helpRoutes({
      contactsFor: async (cookie) =>
        (await parts.sessions.read(cookie)) === undefined
          ? undefined
          : (await parts.settings.current()).support,
    }),
    rehearsalRoutes(parts.rehearsal),
  ]
}
