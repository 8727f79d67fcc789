/** The variables offered beside a text that goes to many, and how one is put in. What a text says with them the server knows. */

const everywhere = [
  'name',
  'first_name',
  'last_name',
  'handle',
  'country',
  'manager',
  'brand',
  'sender',
] as const
const inCampaigns = ['campaign', 'brief_link'] as const

/** Ours; a team's own come beside them. */
export type VariableName = (typeof everywhere)[number] | (typeof inCampaigns)[number]

/** Outside any campaign there is neither its name nor its brief. */
export function variablesFor(place: 'campaign' | 'outside'): readonly VariableName[] {
  return place === 'campaign' ? [...everywhere, ...inCampaigns] : everywhere
}

/** Whether the text itself says where the link to the brief stands. */
export function placesBrief(body: string): boolean {
  return /\{\{-?\s*brief_link\b/.test(body)
}

/** Puts a variable where the cursor stands, replacing what was selected; says where the cursor goes. */
export function inserted(
  text: string,
  name: string,
  selection: { readonly from: number; readonly to: number },
): { readonly text: string; readonly cursor: number } {
  const written = `{{ ${name} }}`
  return {
    text: text.slice(0, selection.from) + written + text.slice(selection.to),
    cursor: selection.from + written.length,
  }
}
