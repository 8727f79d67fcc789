/** The roles a column can be given on the screen; the server knows the same and guesses them first. */

export const knownRoles = [
  'skip',
  'name',
  'first_name',
  'last_name',
  'address',
  'other_address',
  'handle',
  'handle:TikTok',
  'handle:YouTube',
  'handle:Twitch',
  'language',
  'country',
  'zone',
  'tags',
  'notes',
  'basis',
  'basis_source',
  'basis_at',
  'manager_name',
  'manager_address',
  'manager_cc',
  'do_not_contact',
] as const

/** A name that a text can use, made of what was typed; while a word is still to come it may end with an underscore. */
export function variableName(typed: string): string {
  const name = typed
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[0-9_]+/, '')
    .slice(0, 40)
  const whole = /[\s_]$/.test(typed) ? name : name.replace(/_+$/, '')
  return whole === '' ? 'variable' : whole
}
