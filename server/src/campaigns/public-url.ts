/** The links that creators get. A link to this very machine is of no use to somebody else. */

import { leadsHereOnly } from '../platform/public-address/index.ts'

/** Undefined when links may go out; else the code of the refusal. Practice people live on this machine. */
export function linkProblem(
  publicUrl: string,
  { practice }: { readonly practice: boolean },
): 'public_url_needed' | undefined {
  return !practice && leadsHereOnly(publicUrl) ? 'public_url_needed' : undefined
}

export function briefLink(publicUrl: string, token: string): string {
  return `${publicUrl}/b/${token}`
}

/** The same brief for anybody. */
export function openBriefLink(publicUrl: string, token: string): string {
  return `${publicUrl}/o/${token}`
}

/** Takes the POST of a mail program that unsubscribes in one click (RFC 8058 §3.1). */
export function oneClickLink(publicUrl: string, token: string): string {
  return `${publicUrl}/api/v1/public/unsubscribe/${token}`
}

/** The page on which a person says it. */
export function unsubscribeLink(publicUrl: string, token: string): string {
  return `${publicUrl}/u/${token}`
}
