/** The cache of answers: asks again when something changed live, once more after a lost connection, never after a refusal. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ProblemError } from './http.ts'

function worthAnotherTry(failures: number, error: Error): boolean {
  return failures < 1 && error instanceof ProblemError && (error.status === 0 || error.status >= 502)
}

/** `signedOut` is called when any answer says that the session has ended. */
export function createQueryClient(signedOut: () => void): QueryClient {
  function notice(error: Error): void {
    if (error instanceof ProblemError && error.code === 'signed_out') signedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== 'session') notice(error)
      },
    }),
    mutationCache: new MutationCache({ onError: notice }),
    defaultOptions: {
      queries: { staleTime: 15_000, retry: worthAnotherTry, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  })
}
