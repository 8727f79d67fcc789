/** People, workspaces, roles, sessions and invitations by link. */
import { z } from 'zod'
import { AddressText, Id, Instant, Language, ZoneName } from './common.ts'

export const Role = z.enum(['owner', 'admin', 'member', 'viewer'])
export type Role = z.infer<typeof Role>

/** A workspace is undecided until the Start page is answered, and keeps its answer for good. */
export const WorkspaceMode = z.enum(['undecided', 'practice', 'real'])
export type WorkspaceMode = z.infer<typeof WorkspaceMode>

export const SetupState = z.object({ needed: z.boolean() })
export const Setup = z.object({
  token: z.string().min(20).max(200),
  name: z.string().trim().min(1).max(120),
  address: AddressText,
  password: z.string().min(10).max(200),
  workspaceName: z.string().trim().min(1).max(120),
  language: Language,
  zone: ZoneName,
})
export type Setup = z.infer<typeof Setup>

export const SignIn = z.object({ address: AddressText, password: z.string().min(1).max(200) })
export type SignIn = z.infer<typeof SignIn>

export const Workspace = z.object({
  id: Id,
  name: z.string(),
  mode: WorkspaceMode,
  role: Role,
  language: Language,
  zone: ZoneName,
})
export type Workspace = z.infer<typeof Workspace>

export const Session = z.object({
  person: z.object({ id: Id, name: z.string(), address: z.string(), language: Language }),
  workspaces: z.array(Workspace),
  /** Whether this person sets up the whole server: an owner of its first workspace. */
  steersServer: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const ProfileChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  language: Language.optional(),
})
/** Whether a link to a new password can be sent, or an admin has to help at the terminal. */
export const ResetState = z.object({ byMail: z.boolean() })
export const ResetAsk = z.object({ address: AddressText })
export const PasswordNew = z.object({ password: z.string().min(10).max(200) })
export const PasswordChange = PasswordNew.extend({ current: z.string().min(1).max(200) })
/** A browser in which the person is signed in. */
export const SignedInAt = z.object({
  id: Id,
  /** What the browser called itself; empty when it did not. */
  device: z.string(),
  since: Instant,
  /** To a day. */
  seenAt: Instant,
  current: z.boolean(),
})
export type SignedInAt = z.infer<typeof SignedInAt>

export const WorkspaceStart = z.object({ mode: z.enum(['practice', 'real']) })
export const WorkspaceNew = z.object({
  name: z.string().trim().min(1).max(120),
  language: Language,
  zone: ZoneName,
})
export const WorkspaceChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  zone: ZoneName.optional(),
})

export const TeamMember = z.object({
  personId: Id,
  name: z.string(),
  address: z.string(),
  role: Role,
  joinedAt: Instant,
})
export type TeamMember = z.infer<typeof TeamMember>
export const RoleChange = z.object({ role: Role })

export const InvitationNew = z.object({ role: z.enum(['admin', 'member', 'viewer']) })
export const InvitationLink = z.object({ id: Id, link: z.string(), role: Role, expiresAt: Instant })
export type InvitationLink = z.infer<typeof InvitationLink>
export const InvitationOpen = z.object({ id: Id, role: Role, expiresAt: Instant, invitedBy: z.string() })
/** What the holder of a link may know before joining. */
export const InvitationView = z.object({
  workspaceName: z.string(),
  role: Role,
  invitedBy: z.string(),
  language: Language,
})
export type InvitationView = z.infer<typeof InvitationView>
export const InvitationAccept = z.object({
  name: z.string().trim().min(1).max(120),
  address: AddressText,
  password: z.string().min(10).max(200),
  language: Language,
})
