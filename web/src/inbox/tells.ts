/** What the inbox tells the server about one conversation; the whole area is asked again afterwards. */
import { Done } from '@kontor/api/common'
import { Contact } from '@kontor/api/contacts'
import { Draft, Note, TakenBack, Written } from '@kontor/api/inbox'
import type { Answer, TeamState } from '@kontor/api/inbox'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

type Tell<Told, Answered = unknown> = UseMutationResult<Answered, Error, Told>

function useTelling<Told, Answered = unknown>(
  tell: (path: (rest: string) => string, told: Told) => Promise<Answered>,
  more: readonly string[] = [],
): Tell<Told, Answered> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (told: Told) => tell(here.path, told),
    onSettled: () =>
      Promise.all(
        ['conversations', ...more].map((area) => client.invalidateQueries({ queryKey: here.key(area) })),
      ),
  })
}

const one = (id: string, rest: string): string => `/conversations/${id}${rest}`

export function useSetState(id: string): Tell<TeamState> {
  return useTelling((path, teamState) => api.put(path(one(id, '/state')), Done, { teamState }))
}

/** Null gives the conversation back to everybody. */
export function useAssign(id: string): Tell<string | null> {
  return useTelling((path, personId) => api.put(path(one(id, '/assignee')), Done, { personId }))
}

/** An instant, or undefined to bring it back now. */
export function useSnooze(id: string): Tell<string | undefined> {
  return useTelling((path, until) =>
    until === undefined
      ? api.remove(path(one(id, '/snooze')), Done)
      : api.put(path(one(id, '/snooze')), Done, { until }),
  )
}

export function useWithdraw(id: string): Tell<boolean> {
  return useTelling((path, withdrawn) => api.put(path(one(id, '/withdrawn')), Done, { withdrawn }))
}

export function useMarkUnread(id: string): Tell<void> {
  return useTelling((path) => api.remove(path(one(id, '/read')), Done))
}

export function useAddNote(
  id: string,
): Tell<{ readonly text: string; readonly mentions: readonly string[] }> {
  return useTelling((path, note) => api.post(path(one(id, '/notes')), Note, note))
}

export function useAnswer(id: string): Tell<z.input<typeof Answer>, z.infer<typeof Written>> {
  return useTelling((path, answer) => api.post(path(one(id, '/answers')), Written, answer), ['outbox'])
}

export function useTakeBack(): Tell<
  { readonly conversationId: string; readonly submissionId: string },
  z.infer<typeof TakenBack>
> {
  return useTelling(
    (path, { conversationId, submissionId }) =>
      api.post(path(one(conversationId, `/answers/${submissionId}/take-back`)), TakenBack),
    ['outbox'],
  )
}

/** Null takes the question back. */
export function useAskApproval(): Tell<
  { readonly draftId: string; readonly personId: string | null },
  Draft
> {
  return useTelling((path, { draftId, personId }) =>
    api.put(path(`/drafts/${draftId}/approver`), Draft, { personId }),
  )
}

/** An address that somebody answered from becomes one of the influencer's. */
export function useAdoptAddress(contactId: string): Tell<string> {
  return useTelling(
    (path, address) => api.post(path(`/contacts/${contactId}/addresses`), Contact, { address }),
    ['contacts'],
  )
}

export function useEndLink(): Tell<string> {
  return useTelling((path, linkId) => api.remove(path(`/file-links/${linkId}`), Done))
}

/** What a message seems to say is taken, or meant otherwise. */
export function useDecide(
  id: string,
): Tell<{ readonly suggestionId: string; readonly verdict: 'accepted' | 'dismissed' }> {
  return useTelling(
    (path, { suggestionId, verdict }) =>
      api.put(path(one(id, `/suggestions/${suggestionId}`)), Done, { verdict }),
    ['campaigns', 'contacts'],
  )
}

/** Notes on the person of a conversation. */
export function useSaveNotes(contactId: string): Tell<string> {
  return useTelling(
    (path, notes) => api.patch(path(`/contacts/${contactId}`), Contact, { notes }),
    ['contacts'],
  )
}

/**
 * All of the team's own variables of a person, as they are now. On the screen at once, so that a second field that is left
 * before the answer came builds on the first.
 */
export function useSaveVariables(contactId: string): Tell<Readonly<Record<string, string>>> {
  const here = useHere()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (custom) => api.patch(here.path(`/contacts/${contactId}`), Contact, { custom }),
    onMutate: (custom) => {
      client.setQueryData<Contact>(here.key('contacts', 'one', contactId), (person) =>
        person === undefined ? person : { ...person, custom: { ...custom } },
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: here.key('contacts') }),
  })
}

/** Read state and presence are told in passing: a failure changes nothing on the screen. */
export function useWhispers(id: string): {
  readonly read: (version: number) => void
  readonly answering: () => void
  readonly notAnswering: () => void
} {
  const here = useHere()
  const client = useQueryClient()
  const quiet = (): undefined => undefined
  return {
    read: (version) => {
      void api
        .put(here.path(one(id, '/read')), Done, { version })
        .then(() =>
          Promise.all(
            ['list', 'counts'].map((part) =>
              client.invalidateQueries({ queryKey: here.key('conversations', part) }),
            ),
          ),
        )
        .catch(quiet)
    },
    answering: () => {
      void api.put(here.path(one(id, '/answering')), Done).catch(quiet)
    },
    notAnswering: () => {
      void api.remove(here.path(one(id, '/answering')), Done).catch(quiet)
    },
  }
}
