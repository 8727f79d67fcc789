/**
 * Where mail servers are. On the internet: found from the address (a table of large providers, then RFC 6186), and reached
 * only at public addresses and the ports of mail, so that nobody uses the form to knock at doors inside; the name is
 * resolved once and the connection goes to what was checked. An operator may let in the networks of an organisation, whose
 * mail server often stands there; this machine itself and the addresses that clouds answer at stay shut. In the practice
 * world: where it says, on this machine.
 */
import type { SrvRecord } from 'node:dns'
import { lookup, resolveSrv } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { z } from 'zod'
import type { MailServer, SignInVerdict } from '../../mailboxes/consent.ts'
import type { HttpClient } from '../../platform/http-client/index.ts'
import { knownServers } from './known-servers.ts'
import type { MailServers } from './known-servers.ts'

/** A server as it is reached. */
export interface Place {
  readonly host: string
  readonly port: number
  readonly servername: string
  readonly security: MailServer['security'] | 'none'
}

export type Reached =
  | { readonly ok: true; readonly place: Place }
  | { readonly ok: false; readonly verdict: SignInVerdict; readonly detail: string }

export interface Places {
  /** The servers of an address, undefined when nobody says. */
  serversFor(address: string): Promise<MailServers | undefined>
  reach(server: MailServer, speaks: 'smtp' | 'imap'): Promise<Reached>
  /** Whether this server files what it sends in Sent by itself. */
  filesSent(server: MailServer): Promise<boolean>
}

const ports = { smtp: [25, 465, 587, 2525], imap: [143, 993] } as const

/** What a name announces of a service; rejects where it announces none. */
export type Announced = (name: string) => Promise<readonly SrvRecord[]>

export function internetPlaces(
  privateNetworks: 'shut' | 'open',
  announcements: Announced = resolveSrv,
): Places {
  const reaches = ({ address }: { readonly address: string }) =>
    !isInside(address) || (privateNetworks === 'open' && isOfAnOrganisation(address))
  return {
    async serversFor(address) {
      const domain = domainOf(address)
      return knownServers(domain)?.servers ?? (await announced(announcements, domain))
    },
    async reach(server, speaks) {
      const { host, port, security } = server
      if (!ports[speaks].some((each) => each === port))
        return { ok: false, verdict: 'port_refused', detail: '' }
      const found = await lookup(host, { all: true }).catch((error: unknown) => String(error))
      if (typeof found === 'string') return { ok: false, verdict: 'host_unknown', detail: found }
      const outside = found.find(reaches)
      if (outside === undefined) return { ok: false, verdict: 'host_inside', detail: '' }
      return { ok: true, place: { host: outside.address, port, servername: host, security } }
    },
    filesSent: async ({ host }) => knownServers(host)?.filesSent ?? false,
  }
}

/** The servers that an operator named, wherever they are: nobody else chooses them. */
export function namedPlaces(servers: MailServers): Places {
  return {
    serversFor: async () => servers,
    async reach(server) {
      const { host, port, security } = server
      const known = [servers.smtp, servers.imap].some((one) => one.host === host && one.port === port)
      // a mailbox keeps the servers that it was signed in at
      if (!known)
        return { ok: false, verdict: 'host_unknown', detail: 'no server that is named here any more' }
      return { ok: true, place: { host, port, servername: host, security } }
    },
    filesSent: async ({ host }) => knownServers(host)?.filesSent ?? false,
  }
}

/** RFC 6186 §3.1, RFC 8314 §5.1: services with TLS from the first byte first. A target of "." says that there is none. */
async function announced(ask: Announced, domain: string): Promise<MailServers | undefined> {
  const service = (name: string, security: MailServer['security']) =>
    best(ask, `${name}._tcp.${domain}`, security)
  const smtp = (await service('_submissions', 'tls')) ?? (await service('_submission', 'starttls'))
  const imap = (await service('_imaps', 'tls')) ?? (await service('_imap', 'starttls'))
  return smtp === undefined || imap === undefined ? undefined : { smtp, imap }
}

async function best(
  ask: Announced,
  name: string,
  security: MailServer['security'],
): Promise<MailServer | undefined> {
  const records = await ask(name).catch(() => [])
  const [first] = records.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
  return first === undefined || first.name === '' || first.name === '.'
    ? undefined
    : { host: first.name, port: first.port, security }
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

/** Whether an address is of this machine or of a network that is nobody else's (RFC 6890). */
export function isInside(address: string): boolean {
  return inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

const organisations = new BlockList()
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  organisations.addSubnet(net, prefix, 'ipv4')
organisations.addSubnet('fc00::', 7, 'ipv6')

/** RFC 1918, RFC 4193: networks that an organisation gives its own machines. */
function isOfAnOrganisation(address: string): boolean {
  return organisations.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

const PracticeServers = z.object({ smtp: z.number(), imap: z.number(), filesSent: z.boolean() })

/** The one mail server of a practice world. It speaks plain text, because it is on this machine. */
export function practicePlaces(practiceUrl: string, http: HttpClient): Places {
  const ask = async () => {
    const answer = await http.request({ url: `${practiceUrl}/post/servers` })
    return PracticeServers.parse(answer.json())
  }
  return {
    serversFor: async (address) => (domainOf(address) === practiceDomain ? practiceServers : undefined),
    async reach(server, speaks) {
      if (server.host !== practiceServers[speaks].host)
        return { ok: false, verdict: 'host_unknown', detail: '' }
      const { [speaks]: port } = await ask()
      return { ok: true, place: { host: '127.0.0.1', port, servername: server.host, security: 'none' } }
    },
    filesSent: async () => (await ask()).filesSent,
  }
}

const practiceDomain = 'post.practice.example'
const practiceServers = {
  smtp: { host: `smtp.${practiceDomain}`, port: 465, security: 'tls' },
  imap: { host: `imap.${practiceDomain}`, port: 993, security: 'tls' },
} as const satisfies MailServers
