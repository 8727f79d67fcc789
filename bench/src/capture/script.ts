/** What happens in B7, written before it begins: when people answer, and what the provider does wrong meanwhile. */
export type Deed =
  | { readonly do: 'answer'; readonly n: number }
  /** The history of before is gone: 404 to whoever asks from an id of then. */
  | { readonly do: 'forget' }
  /** 429 for everything, with the time until when. */
  | { readonly do: 'throttle'; readonly seconds: number }
  /** Every call ends in 503, until it is mended. */
  | { readonly do: 'fail' | 'mend' }

export interface Timed {
  /** Milliseconds since the beginning. */
  readonly at: number
  readonly deed: Deed
}

const apartMs = 2000
const misfortunes: readonly { readonly share: number; readonly deed: Deed }[] = [
  { share: 0.15, deed: { do: 'fail' } },
  { share: 0.18, deed: { do: 'mend' } },
  { share: 0.25, deed: { do: 'forget' } },
  { share: 0.4, deed: { do: 'throttle', seconds: 10 } },
  { share: 0.5, deed: { do: 'forget' } },
  { share: 0.65, deed: { do: 'fail' } },
  { share: 0.68, deed: { do: 'mend' } },
  { share: 0.75, deed: { do: 'forget' } },
  { share: 0.85, deed: { do: 'throttle', seconds: 10 } },
]

/** In the order of time. An answer comes every two seconds or so; misfortunes fall between them. */
export function scriptOf(answers: number): readonly Timed[] {
  const lastsMs = answers * apartMs
  const written = Array.from(
    { length: answers },
    (_, n): Timed => ({
      at: n * apartMs + ((n * 7919) % 1000),
      deed: { do: 'answer', n },
    }),
  )
  const spoilt = misfortunes.map(({ share, deed }): Timed => ({ at: share * lastsMs + 50, deed }))
  return [...written, ...spoilt].toSorted((a, b) => a.at - b.at)
}

/** What becomes of notices, for every mailbox alike: three of ten are lost, others come twice, late or too early. */
export function noticeFaults(seed: string): Readonly<Record<string, unknown>> {
  return {
    pushLost: { probability: 0.3, seed },
    pushTwice: { probability: 0.2, seed },
    pushDelayed: { probability: 0.1, seed, ms: 3000 },
    pushEarly: { probability: 0.1, seed, ms: 700 },
  }
}
