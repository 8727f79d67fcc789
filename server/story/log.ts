/**
 * The story's own log: every mail it asked for and was promised, by marker. The judge knows nothing else of what the
 * product was told.
 */
export type Kind = 'direct' | 'invitation' | 'approval' | 'bulk' | 'rejection'
export const kinds = ['direct', 'invitation', 'approval', 'bulk', 'rejection'] as const

export interface Asked {
  readonly marker: string
  readonly kind: Kind
  /** Address of the mailbox it must leave from. */
  readonly from: string
  /** Practice time at which the request had been answered, milliseconds. */
  readonly at: number
}

export function marker(kind: Kind, what: string, name: string): string {
  return `MARK${kind}${what}x${name}END`
}

export const markerPattern = /MARK(direct|invitation|approval|bulk|rejection)(\w+?)x(P\d{4})END/

export class StoryLog {
  readonly asked = new Map<string, Asked>()
  readonly replies = new Set<string>()
  /** Automatic replies and bounces that the product must tell apart from replies, by mailbox address. */
  readonly autoReplies: string[] = []
  readonly bounces: string[] = []
  /** People left out of a later send because their address had failed for good. */
  suppressed = 0

  ask(mail: Asked): void {
    if (this.asked.has(mail.marker)) throw new Error(`${mail.marker} was asked for twice`)
    this.asked.set(mail.marker, mail)
  }
  /** A reply that the product must capture. */
  expectReply(text: string): void {
    this.replies.add(text)
  }
  count(): Record<Kind, number> {
    const counted = { direct: 0, invitation: 0, approval: 0, bulk: 0, rejection: 0 }
    for (const mail of this.asked.values()) counted[mail.kind] += 1
    return counted
  }
}
