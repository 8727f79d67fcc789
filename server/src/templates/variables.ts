/** The variables that every text may use; the team's own come beside them. */

/** Of a person, and of whoever writes. */
const everywhere = [
  'name',
  'first_name',
  'last_name',
  'handle',
  'language',
  'country',
  'manager.name',
  'brand.name',
  'sender.name',
  'sender.address',
] as const

/** Only where there is a campaign. */
const inCampaigns = ['campaign.name', 'brief_link'] as const

export function knownVariables(more: readonly string[]): readonly string[] {
  return [...everywhere, ...inCampaigns, ...more]
}
