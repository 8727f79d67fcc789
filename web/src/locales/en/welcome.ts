/** English words of the way in: set-up, sign-in, invitation and the one question at the start. */
export const words = {
  admin: {
    agreed: {
      title: 'Thank you',
      sentence:
        'Your colleague sees in Kontor that you agreed and can connect now. You can take the consent back at any time in your admin center, under Enterprise applications.',
    },
    declined: {
      title: 'Nothing was allowed',
      sentence:
        'Your colleague sees in Kontor that you declined. Sending alone needs no consent of yours. The link works again if you change your mind.',
    },
    unknown: {
      title: 'Nobody waits for this any more',
      sentence:
        'Your colleague has connected meanwhile or withdrawn the request. What you allowed at the provider holds all the same; you can close this page.',
    },
  },
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
    forgotten: 'Password forgotten?',
    setupNeeded: 'Nobody has set up this Kontor yet. Open the one-time link that the terminal printed.',
  },
  forgotten: {
    title: 'Password forgotten',
    sentence: 'Put in the address you sign in with. A link to a new password comes by email.',
    act: 'Send the link',
    sent: 'If somebody here signs in with {{address}}, a link is on its way to it. It works for an hour. Look into spam as well.',
    byAdmin: 'This Kontor sends no emails of its own. Ask your admin for a new password.',
    terminal: 'At the terminal of the server, this sets one:',
    example: 'you@example.com',
    back: 'Back to signing in',
  },
  reset: {
    title: 'New password',
    sentence: 'It signs you in at once, and every other browser out.',
    password: 'New password',
    act: 'Set password',
    again: 'Ask for a new link',
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
      'A workspace for real mailboxes stays one for good. A practice workspace can be deleted at any time; then this question comes back.',
    practice: 'Rehearse first',
    practiceSentence:
      'A practice workspace with a story in it: three mailboxes, some forty influencers, two campaigns, and replies that wait for you. It takes less than half a minute. Nothing leaves this machine.',
    practiceOff:
      'The practice world is not running here. Whoever runs the server can start it with KONTOR_PRACTICE=on.',
    practiceEmpty: 'Rehearse in an empty practice workspace',
    real: 'Connect a real mailbox',
    realSentence:
      'Your own address at Gmail, Microsoft or any other mail server. You will see exactly what Kontor may open before you agree.',
    wait: 'An owner or admin of {{workspace}} answers one question first. Come back a little later.',
  },
  rehearsal: {
    title: 'The stage is being set',
    sentence:
      'Everything happens as it would with real people: mailboxes are connected, invitations leave, influencers read and reply.',
    steps: 'Steps',
    step: {
      world: 'Influencers move into the practice world',
      mailboxes: 'Three mailboxes are connected',
      people: 'Influencers are added',
      campaigns: 'Two campaigns are prepared',
      invitations: 'Invitations leave',
      answers: 'The first replies and applications arrive',
      decisions: 'Some applications are decided',
    },
    done: 'done',
    spoken: '{{done, number}} of {{total, number}} steps done',
    lookAround: 'Look around already',
    stuck: 'One step did not work. What was made until then is there; try again to go on from here.',
  },
  role: { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' },
} as const
