/** English words of the templates: the list, one of them, its versions. */
export const words = {
  title: 'Templates',
  one: 'Template',
  new: 'New template',
  add: 'Write a template',
  empty:
    'A template is a text to begin from: for a personal email, an invitation, a decision, a message to many.',
  changed: 'Changed {{when}}',
  language: { en: 'English', de: 'German' },
  name: 'Name',
  kind: 'For',
  campaign: 'Campaign',
  noCampaign: 'Outside any campaign',
  alone: 'Without a text here, everybody gets the {{language}} one.',
  needsBoth: 'A subject and a text are needed.',
  save: 'Save template',
  failed: 'Not saved. Your text is still here. {{why}}',
  versions: {
    title: 'What it said before',
    none: 'Nothing was saved in this language yet.',
    inUse: 'in use',
    restore: 'Put this text back',
  },
  remove: {
    act: 'Take out of use',
    title: 'Take “{{name}}” out of use?',
    body: 'It is offered nowhere any more. Emails that wait keep its text.',
  },
} as const
