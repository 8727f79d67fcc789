/** The cache of answers: asks again when something changed live, once more after a lost connection, never after a refusal. */
import { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './http.ts'

function worthAnotherTry(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ProblemError && (error.status === 0 || error.status >= 502)
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: worthAnotherTry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  })
}
