/** English words of the way in: set-up, sign-in, invitation and the one question at the start. */
export const words = {
  language: 'Language',
  english: 'English',
  german: 'Deutsch',
  name: 'Your name',
  address: 'Email address',
  addressHint: 'For signing in. It is not connected as a mailbox by this.',
  password: 'Password',
  passwordHint: 'At least 10 characters.',
  show: 'Show password',
  setup: {
    title: 'Set up Kontor',
    sentence: 'You become the owner. Everybody else comes by your invitation.',
    workspace: 'Name of the workspace',
    workspaceHint: 'Usually your company or brand.',
    zone: 'Time zone',
    act: 'Set up',
    acting: 'Setting up …',
    noToken:
      'This page needs the one-time link that Kontor printed in the terminal when it started. Open that link.',
    done: 'This Kontor is set up already.',
    toSignIn: 'Sign in',
  },
  signIn: {
    title: 'Sign in',
    act: 'Sign in',
    acting: 'Signing in …',
    forgotten: 'Password forgotten? Your admin can set a new one on the server.',
    setupNeeded: 'Nobody has set up this Kontor yet. Open the one-time link that the terminal printed.',
  },
  join: {
    title: 'Join {{workspace}}',
    sentence: '{{by}} invites you to {{workspace}}. Your role will be: {{role}}.',
    act: 'Join',
    acting: 'Joining …',
    asYou: 'You are signed in as {{name}}.',
    asYouAct: 'Join as {{name}}',
    other: 'I already have an account here',
  },
  start: {
    title: 'Connect a real mailbox, or rehearse first?',
    sentence:
      'The answer holds for this workspace for good. You can open another workspace for the other one later.',
    practice: 'Rehearse first',
    practiceSentence:
      'A practice world with mailboxes and influencers who read, apply, decline and reply. Nothing leaves this machine.',
    real: 'Connect a real mailbox',
    realSentence:
      'Your own Gmail or Microsoft address. You will see exactly what Kontor may open before you agree.',
    wait: 'An owner or admin of {{workspace}} answers one question first. Come back a little later.',
  },
  role: { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' },
} as const
