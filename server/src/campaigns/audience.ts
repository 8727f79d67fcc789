/**
 * An audience: the people whom a launch is for. Chosen one by one, or everybody who fits what the list was showing, with
 * those taken out again one by one.
 */
import type { MemberState } from './member.ts'

export type Audience =
  | { readonly ids: readonly string[] }
  | {
      readonly everyone: { readonly state?: MemberState | undefined; readonly q?: string | undefined }
      readonly except: readonly string[]
    }

/** How many were named; undefined when they were not counted one by one. */
export function namedIn(audience: Audience): number | undefined {
  return 'ids' in audience ? new Set(audience.ids).size : undefined
}

/** The same wish in the same words, whatever the order in which people were chosen. */
export function wishOf(audience: Audience): unknown {
  return 'ids' in audience
    ? [...new Set(audience.ids)].toSorted()
    : [audience.everyone.state ?? null, audience.everyone.q?.trim() ?? '', audience.except.toSorted()]
}
