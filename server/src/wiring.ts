/**
 * What happens when …? Event type → the handlers that follow, each run once per event in a transaction of its own.
 * Names are stored in open jobs: a renamed handler strands them.
 */
import {
  cancelForDeleted,
  continueLaunch,
  declineSuggested,
  endAnswered,
  endClosed,
  endUnseen,
  endUnsent,
  noteInvited,
  timeFollowUps,
} from './campaigns/index.ts'
import type { CampaignParts } from './campaigns/index.ts'
import { continueImport, recogniseBarred, suppressCaptured } from './contacts/index.ts'
import { followMessages, followUnsent, gatherMerged } from './inbox/index.ts'
import type { Emit, EventHandler, Wiring } from './platform/events/index.ts'
import type { Ids } from './platform/ids/index.ts'
import {
  settleBroken,
  tellBroken,
  tellByHand,
  tellFollowUpsDue,
  tellInDoubt,
  tellMentioned,
  tellReplied,
  tellReturned,
} from './notices/index.ts'
import type { SecretBox } from './platform/secret-box/index.ts'
import { noteQueueDecided, onPermissionEnded } from './privacy/index.ts'
import {
  onMailboxChanged,
  onMailboxConnected,
  onMailboxDisconnected,
  onSubmissionAccepted,
} from './receiving/jobs.ts'
import { beginDeciding, decideLate, decidePiece, reexamineHeld, waitWhenReturned } from './sending/index.ts'
import type { MailAuthor } from './sending/index.ts'

export function wiring(parts: {
  readonly ids: Ids
  readonly emit: Emit
  readonly campaigns: CampaignParts
  readonly authors: readonly MailAuthor[]
  readonly box: Pick<SecretBox, 'mac'>
}): Wiring {
  const showInInbox = followMessages(parts)
  const reopenQuestion = followUnsent(parts)
  const readOnOrStop = onMailboxChanged(parts)
  const lookAgainAtHeld = reexamineHeld(parts)
  const endFollowUps = endAnswered(parts)
  const endUnsentFollowUps = endUnsent(parts)
  return {
    'mailbox.connected': { readFromNowOn: onMailboxConnected },
    'mailbox.broken': { tellBroken: tellBroken(parts) },
    'mailbox.reconnected': { readOnOrStop, settleNotices: settleBroken(parts) },
    'mailbox.changed': { readOnOrStop },
    'mailbox.narrowed': { readOnOrStop, endUnseenFollowUps: endUnseen(parts), tellByHand: tellByHand(parts) },
    'mailbox.permission_ended': { certify: onPermissionEnded(parts) },
    'mailbox.disconnected': {
      decideWaitingMails: decideWaitingMails(parts),
      stopReading: onMailboxDisconnected,
      settleNotices: settleBroken(parts),
    },
    'mailbox.waiting_decided': { decideOn: decideOn(parts) },
    'mailbox.waiting_changed': { decideLate: decideLateMails(parts) },
    'mailbox.returned': { tellReturned: tellReturned(parts) },
    'submission.accepted': {
      showInInbox,
      noteInvited: noteInvited(parts.emit),
      readEarlyAnswers: onSubmissionAccepted,
      timeFollowUps: timeFollowUps(parts),
    },
    'submission.cancelled': { reopenQuestion, endUnsentFollowUps },
    'submission.failed': { reopenQuestion, endUnsentFollowUps },
    'submission.held': { reopenQuestion },
    'submission.in_doubt': { tellInDoubt: tellInDoubt(parts) },
    'note.added': { tellMentioned: tellMentioned(parts) },
    'submission.suppressed': { reopenQuestion, endUnsentFollowUps },
    'launch.advanced': { continueLaunch: continueLaunch(parts.campaigns) },
    'suggestion.accepted': { declineSuggested: declineSuggested(parts), endFollowUps },
    'suggestion.dismissed': { endFollowUps },
    'contact.changed': { recogniseBarred: recogniseBarred(parts.box), lookAgainAtHeld, endFollowUps },
    'import.advanced': { continueImport: continueImport(parts) },
    'submission.reexamine': { lookAgainAtHeld },
    'member.changed': { lookAgainAtHeld, endFollowUps },
    'campaign.changed': { lookAgainAtHeld, endClosedFollowUps: endClosed(parts) },
    'contact.merged': { gatherConversations: gatherMerged(parts), endFollowUps },
    'contact.deleted': { cancelWaiting: cancelForDeleted(parts), endFollowUps },
    'follow_up.due': { tellFollowUpsDue: tellFollowUpsDue(parts) },
    'message.captured': {
      showInInbox,
      suppressBounced: suppressCaptured(parts.emit),
      waitWhenReturned: waitWhenReturned(parts.emit),
      tellReplied: tellReplied(parts),
      endFollowUps,
    },
  }
}

/** What waits in a mailbox that was disconnected is held, cancelled or given to another mailbox, as the person chose. */
function decideWaitingMails(parts: CertifyParts): EventHandler {
  return async (tx, { workspaceId, subject: mailboxId, payload }) => {
    if (mailboxId === undefined) return
    const { queue, reassignTo } = payload
    const choice =
      queue === 'reassign' && typeof reassignTo === 'string'
        ? ({ choice: 'reassign', to: reassignTo } as const)
        : ({ choice: queue === 'cancel' ? 'cancel' : 'hold' } as const)
    const count = await beginDeciding(parts, tx, { workspaceId, mailboxId }, choice)
    if (count !== undefined) await noteQueueDecided(parts, tx, { mailboxId, count })
  }
}

function decideOn(parts: CertifyParts): EventHandler {
  return async (tx, { workspaceId, subject: mailboxId, payload }) => {
    if (mailboxId === undefined || payload['state'] !== 'running') return
    const run = typeof payload['run'] === 'number' ? payload['run'] : undefined
    const count = await decidePiece(parts, tx, { workspaceId, mailboxId }, run)
    if (count !== undefined) await noteQueueDecided(parts, tx, { mailboxId, count })
  }
}

function decideLateMails(parts: CertifyParts): EventHandler {
  return async (tx, { workspaceId, subject: mailboxId }) => {
    if (mailboxId !== undefined) await decideLate(parts, tx, { workspaceId, mailboxId })
  }
}

interface CertifyParts {
  readonly ids: Ids
  readonly emit: Emit
}
