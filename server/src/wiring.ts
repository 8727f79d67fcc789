/**
 * What happens when …? Event type → the handlers that follow, each run once per event in a transaction of its own.
 * Names are stored in open jobs: a renamed handler strands them.
 */
import { cancelForDeleted, continueLaunch, noteInvited } from './campaigns/index.ts'
import type { CampaignParts } from './campaigns/index.ts'
import { suppressCaptured } from './contacts/index.ts'
import { followMessages, followUnsent } from './inbox/index.ts'
import type { Emit, EventHandler, Wiring } from './platform/events/index.ts'
import type { Ids } from './platform/ids/index.ts'
import { onMailboxChanged, onMailboxConnected, onSubmissionAccepted } from './receiving/jobs.ts'
import { releaseMailbox } from './sending/index.ts'

export function wiring(parts: {
  readonly ids: Ids
  readonly emit: Emit
  readonly campaigns: CampaignParts
}): Wiring {
  const showInInbox = followMessages(parts)
  const reopenQuestion = followUnsent(parts)
  return {
    'mailbox.connected': { readFromNowOn: onMailboxConnected },
    'mailbox.reconnected': { readOnOrStop: onMailboxChanged },
    'mailbox.changed': { readOnOrStop: onMailboxChanged },
    'mailbox.disconnected': { decideWaitingMails: decideWaitingMails(parts) },
    'submission.accepted': {
      showInInbox,
      noteInvited: noteInvited(parts.emit),
      readEarlyAnswers: onSubmissionAccepted,
    },
    'submission.cancelled': { reopenQuestion },
    'submission.failed': { reopenQuestion },
    'submission.held': { reopenQuestion },
    'submission.suppressed': { reopenQuestion },
    'launch.advanced': { continueLaunch: continueLaunch(parts.campaigns) },
    'contact.deleted': { cancelWaiting: cancelForDeleted(parts) },
    'message.captured': { showInInbox, suppressBounced: suppressCaptured(parts.emit) },
  }
}

/** What waits in a mailbox that was disconnected is held, cancelled or given to another mailbox, as the person chose. */
function decideWaitingMails(parts: { readonly ids: Ids; readonly emit: Emit }): EventHandler {
  return async (tx, { subject, payload }) => {
    if (subject === undefined) return
    const { queue, reassignTo } = payload
    if (queue === 'reassign' && typeof reassignTo === 'string') {
      await releaseMailbox(parts, tx, subject, { choice: 'reassign', to: reassignTo })
    } else {
      await releaseMailbox(parts, tx, subject, { choice: queue === 'cancel' ? 'cancel' : 'hold' })
    }
  }
}
