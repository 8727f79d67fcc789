/** The story in English. */
import type { Origin, Story } from './story.ts'

const metAtTheFair: Origin = {
  tags: ['fair'],
  basis: 'existing_relation',
  basisSource: 'Met at the fair in October, business card',
}

export const english: Story = {
  second: 'partnerships',
  third: 'press',
  signature: 'Partnerships and collaborations',
  running: {
    name: 'Autumn light',
    brief: {
      headline: 'One wool jacket, one path, one evening',
      body: 'Our new jacket is made of wool from sheep whose meadow you can visit. Take it along on a path you would walk anyway, and show what the evening does to the light.\n\nNo script, no lines to say. Only tell where the jacket comes from, and that you are paid for it.',
      deliverables: [
        '1 reel, 20 to 40 seconds',
        '3 stories from the same day',
        'Use by us: 3 months, no ads',
      ],
      dates: 'Within the next four weeks, on a day of your choice',
      compensation: '€450 and the jacket',
    },
  },
  draft: {
    name: 'Breakfast in spring',
    brief: {
      headline: 'The first morning on the balcony',
      body: 'Still in the making: blanket, board, pot. What is missing is the sentence that holds it all together.',
      deliverables: ['2 stories', '1 recipe'],
      dates: 'March',
      compensation: '',
    },
  },
  message: {
    subject: 'Our open studio',
    body: 'Hello {{ name }},\n\non the last Thursday of the month our doors are open: we show what we are making for winter, and there is soup. Would you like to come?\n\nJust say so, and there will be one more plate on the table.',
  },
  origins: {
    first: metAtTheFair,
    quiet: metAtTheFair,
    second: { tags: ['collaborations'], basis: 'asked_us', basisSource: 'Form “Work with us” on our site' },
    message: { tags: ['studio friends'], basis: 'agreed', basisSource: 'Guest list of the last open studio' },
    later: { tags: [], basis: 'none', basisSource: '' },
  },
  answer:
    'Thank you for asking! A week later is no problem, as long as it is still light when you set out. Of course you keep the product.',
  note: 'We can go up to €600; please ask before going higher. What matters is that ads stay excluded.',
}
