/** The two ways of an outcome, so that an adapter reads as a sentence, and what a broken connection means. */
import type { Outcome, ProviderFailure } from '../../mailboxes/provider.ts'
import { HttpError } from '../../platform/http-client/index.ts'

/** It worked, and this came of it. */
export function succeeded<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

/** It did not work, for this reason. */
export function failed(failure: ProviderFailure): { readonly ok: false; readonly failure: ProviderFailure } {
  return { ok: false, failure }
}

/**
 * A request without an answer. A submission that may have left the house has an unknown outcome and is never tried
 * again blindly; everything else may be asked again.
 * @throws whatever is not a failed request: a programming error
 */
export function withoutAnswer(error: unknown, kind: 'submission' | 'question'): ProviderFailure {
  if (!(error instanceof HttpError)) throw error
  if (kind === 'submission' && error.mayHaveLeft) {
    return { kind: 'unknown_outcome', diagnostic: `${error.kind}: ${error.message}` }
  }
  return { kind: 'transient', diagnostic: `${error.kind}: ${error.message}` }
}
