/** English words of the workspace's brand. */
export const words = {
  title: 'Brand',
  hint: 'New campaigns begin with this and can change it for themselves. Campaigns that exist keep what they have.',
  onlyAdmins: 'Owners and admins set how the workspace appears.',
  name: 'Brand name',
  nameHint: 'Influencers see it above the brief and in emails. Empty: the name of the workspace.',
  colour: 'Brand colour',
  formality: 'How German influencers are addressed',
  du: 'Du',
  sie: 'Sie',
  logo: 'Logo',
  noLogo: 'There is no logo yet. Briefs show the brand name alone.',
  remove: {
    act: 'Remove logo',
    title: 'Remove the logo of the workspace?',
    body: 'New campaigns begin without a logo. Campaigns that show this one keep it; it is removed there in their settings.',
  },
  preview: 'The head of a brief',
  exampleCampaign: 'Spring campaign',
  exampleHeadline: 'This is where the headline of your brief stands',
} as const
