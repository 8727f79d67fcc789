/** English sentences of notices, and the words around their list. */
export const words = {
  title: 'Notices',
  empty: 'Nothing to tell. Broken mailboxes, mentions and queues that take long will stand here.',
  readAll: 'Mark all as read',
  choose: 'Choose notices',
  unread: 'Unread',
  settled: 'Settled in the meantime.',
  sentence: {
    mailbox_broken: '{{address}} has to be reconnected. Its waiting emails keep their place until then.',
    in_doubt_one:
      'One email from {{address}} is unconfirmed. Look into your Sent folder, then say here whether it left.',
    in_doubt_other:
      '{{count, number}} emails from {{address}} are unconfirmed. Look into your Sent folder, then say here whether they left.',
    mention: '{{by}} named you in a note about {{contact}}.',
    queue_long_one: 'One email waits for {{address}}; it leaves in about {{days, number}} days.',
    queue_long_other:
      '{{count, number}} emails wait for {{address}}; the last one leaves in about {{days, number}} days.',
    reply: '{{contact}} replied in a conversation of yours.',
    follow_up_due_one: 'One person{{place}} is due for a follow-up. Note an answer, or write the follow-up.',
    follow_up_due_other:
      '{{count, number}} people{{place}} are due for a follow-up. Note answers, or write the follow-ups.',
    follow_up_by_hand_one:
      '{{address}} is send only now, so Kontor sees no replies there. The follow-ups to one person are reminders from now on.',
    follow_up_by_hand_other:
      '{{address}} is send only now, so Kontor sees no replies there. The follow-ups to {{count, number}} people are reminders from now on.',
    returned_one:
      'A report says that an email came back because {{address}} may not send. One report proves nothing, so sending goes on; look into its inbox at the provider.',
    returned_other:
      'Emails to {{count, number}} people came back because {{address}} may not send. It waits a few hours; look into its inbox at the provider.',
  },
  inCampaign: ' in “{{name}}”',
  broken: {
    reconnect_needed: '{{address}} has to be reconnected; {{why}} Waiting emails keep their place.',
    reconnect_needed_plain: '{{address}} has to be reconnected. Waiting emails keep their place.',
    waiting_for_admin: '{{address}} waits for your IT. Waiting emails keep their place.',
    act: 'Open {{address}}',
    several: '{{count, number}} mailboxes have to be reconnected. Waiting emails keep their place.',
    all: 'Show mailboxes',
  },
} as const
