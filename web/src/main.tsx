/** Starts the page: words, cache, router. Whoever is signed out meanwhile goes to the sign-in page and comes back. */
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { createAppRouter } from './app/router.tsx'
import { guessedLanguage, startWords } from './client/language.ts'
import { createQueryClient } from './client/query.ts'
import { sessionQuery } from './client/session.ts'
import { Theme } from './ui/theme.tsx'

async function start(place: HTMLElement): Promise<void> {
  await startWords(guessedLanguage())
  const queryClient = createQueryClient(() => {
    queryClient.removeQueries({ queryKey: sessionQuery.queryKey })
    void router.invalidate()
  })
  const router = createAppRouter(queryClient)
  createRoot(place).render(
    <StrictMode>
      <Theme>
        <QueryClientProvider client={queryClient}>
          <Suspense>
            <RouterProvider router={router} />
          </Suspense>
        </QueryClientProvider>
      </Theme>
    </StrictMode>,
  )
}

const place = document.getElementById('root')
if (place) void start(place)
