/** What texts ask of the server while they are written: what real people would read, a test, the templates to begin from. */
import { TestMessage } from '@kontor/api/outbox'
import { LettersSeen, Template, TemplateOpened } from '@kontor/api/templates'
import type { LetterWish } from '@kontor/api/templates'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../client/http.ts'
import { useHere } from '../client/session.ts'

export function useLetters(wish: LetterWish): UseQueryResult<LettersSeen> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('letters', wish),
    queryFn: () => api.post(here.path('/letters'), LettersSeen, wish),
    placeholderData: (before) => before,
    enabled: wish.subject !== '' || wish.body !== '',
  })
}

/** One person's letter, once. */
export function useFillIn(): UseMutationResult<LettersSeen, Error, LetterWish> {
  const here = useHere()
  return useMutation({ mutationFn: (wish) => api.post(here.path('/letters'), LettersSeen, wish) })
}

export function useTestLetter(): UseMutationResult<TestMessage, Error, LetterWish> {
  const here = useHere()
  return useMutation({ mutationFn: (wish) => api.post(here.path('/letters/test'), TestMessage, wish) })
}

export function useTemplates(): UseQueryResult<Template[]> {
  const here = useHere()
  return useQuery({
    queryKey: here.key('templates', 'list'),
    queryFn: ({ signal }) => api.get(here.path('/templates'), z.object({ rows: z.array(Template) }), signal),
    select: (answer) => answer.rows,
  })
}

export function useOpenTemplate(): UseMutationResult<TemplateOpened, Error, string> {
  const here = useHere()
  return useMutation({ mutationFn: (id) => api.get(here.path(`/templates/${id}`), TemplateOpened) })
}
