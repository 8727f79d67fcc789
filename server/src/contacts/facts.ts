/**
 * What may be written down of a contact: names that can stand in a header, zones that exist, variables whose names a text
 * can use. Pure. The same rules hold for a form, a pasted list and a file.
 */
import { hasBidiControl, hasControlCharacter, isAddress, parseAddress } from '../mail/index.ts'
import type { ContactPatch } from './contact.ts'

export type FactsRefusal =
  | { readonly code: 'name_invalid' }
  | { readonly code: 'zone_unknown' }
  | { readonly code: 'country_unknown' }
  | { readonly code: 'agent_invalid' }
  | { readonly code: 'variable_invalid'; readonly name: string }

const mostVariables = 50
const longestValue = 1000

/** The first thing that is wrong with the facts. */
export function factsRefusal(facts: Omit<ContactPatch, 'address'>): FactsRefusal | undefined {
  if (facts.name !== undefined && !isName(facts.name)) return { code: 'name_invalid' }
  if (facts.zone !== undefined && facts.zone !== '' && !isZone(facts.zone)) return { code: 'zone_unknown' }
  if (facts.country !== undefined && facts.country !== '' && !isCountry(facts.country)) {
    return { code: 'country_unknown' }
  }
  const { agent, custom } = facts
  if (agent !== undefined && agent !== null) {
    const reachable = agent.address === '' ? agent.name !== '' : isAddress(parseAddress(agent.address))
    if (!reachable || (agent.name !== '' && !isName(agent.name))) return { code: 'agent_invalid' }
  }
  const names = Object.keys(custom ?? {})
  const wrong =
    names.length > mostVariables
      ? names[mostVariables]
      : names.find((name) => !isVariable(name) || (custom?.[name] ?? '').length > longestValue)
  return wrong === undefined ? undefined : { code: 'variable_invalid', name: wrong }
}

// the name stands in To, where a control character would end the header (RFC 5322 §2.2)
export function isName(name: string): boolean {
  return name.trim() !== '' && !hasControlCharacter(name) && !hasBidiControl(name)
}

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return /^[A-Za-z]/.test(zone)
  } catch {
    return false
  }
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** Two letters, upper case, of a country that has a name. */
export function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code) || regions.of(code) === undefined) return false
  // codes of countries that are no more (DD) mean another one today
  return Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`
}

/** A name that a text can use in double braces and that is not one of our own. */
export function isVariable(name: string): boolean {
  return /^[a-z][a-z0-9_]{0,39}$/.test(name) && !ours.has(name)
}

const ours = new Set([
  'name',
  'first_name',
  'last_name',
  'handle',
  'language',
  'country',
  'campaign',
  'brand',
  'brief_link',
  'data_link',
  'sender',
  'manager',
])
