/** What people write in English: the middle of the letter; greeting and closing come with their manner. */
import type { Bodies } from './intents.ts'

export const ENGLISH: Bodies = {
  apply: [
    'I have followed the brand for a while and would love to show it in my weekly series. Mostly I post about {niche}; two reels and a handful of stories would work for me.',
    'This fits my community well: {reach} people who come for {niche} and ask me for exactly this kind of thing. Happy to start in two weeks.',
    'Count me in. My last series about {niche} reached more people than I have followers ({reach}), figures on request.',
    'I like the idea and the dates suit me. I would film it here in {city}, in daylight, without a script. Please no “link in bio” in the first second.',
    'Honestly, I wanted to write to you myself. Most of what I post is about {niche}, so this would not feel like an ad. I can deliver raw material too.',
    'Would love to. One thing up front: I try everything for a week before I post about it, so the first reel comes on day eight at the earliest.',
  ],
  question: [
    'thanks for thinking of me. Before I say yes: is the date fixed, or could I post a week later? I am travelling until the 12th and the train Wi-Fi has opinions of its own.',
    'sounds good. Could you tell me whether the fee includes the usage rights for ads, and for how long? Last year somebody ran my face on the underground for five months.',
    'quick question: do I keep the product afterwards, and does the parcel reach a pick-up station? Nobody is home here before seven.',
    'I read the brief twice and still wonder: one reel plus three stories, or three stories in total?',
    'this could be a nice fit, my channel is about {niche} after all. Who has the last word on the cut, and how many rounds of changes do you expect? I plan for one.',
    'before I apply: my community is half in English, half in German. Do you need both languages, or may I choose?',
  ],
  decline: [
    'thank you for asking, but no, thanks: I am fully booked until spring. Please feel free to ask again.',
    'I am not interested this time, it does not fit my channel. My people come for {niche} and notice at once when I try to sell them something else. All the best for the campaign.',
    'I have to pass. I signed with another brand of the same kind on Monday, of all days.',
    'that is kind of you, but I am taking a break from paid posts this quarter. No, thanks, for now.',
  ],
  negotiate: [
    'I like this a lot. The fee, though, is below what I usually ask: for one reel and three stories I am at {fee}, usage for three months included. Could we meet there?',
    'yes in principle. With {reach} followers and a day of shooting in {city} I would need {fee}. I attach my media kit so that you can see where the number comes from.',
    'lovely brief. Two wishes: {fee} instead of the sum you name, or the same sum without the usage rights for ads. Either is fine with me.',
    'I would be glad to do it. My rate for this scope is {fee}; for two campaigns in a row I go down by fifteen per cent. What do you say?',
  ],
  agreed: [
    'that works for me, thank you for moving on the numbers. I have just applied on the page so that everything is in one place.',
    'deal. My application is in; the invoice will come from my small company, same address.',
    'good, let us do it that way. I filled in the form a minute ago.',
  ],
  away: [
    'Thank you for your message. I am away until Monday and read mail only now and then. Your message is not forwarded.',
    'I am out of the office with little reception. You will hear from me when I am back.',
    'Hello! I am filming this week and answer mail on Friday afternoon. If it burns, send me a message on the platform.',
  ],
  manager: [
    'Hello,\n\nI look after {fullName} and answer the mail. In principle yes. Could you send me the budget and the list of deliverables?\n\nKind regards\nManagement {fullName}',
    'Hi,\n\n{name} forwarded your mail to us. We are interested; please copy me from here on.\n\nBest\nManagement {fullName}',
    'Good day,\n\nfor {fullName} we handle all partnerships. Dates are possible from week two of next month; usage rights are charged separately. May I send you our terms?\n\nKind regards\nManagement {fullName}',
  ],
  thanks: [
    'that is wonderful news, thank you. I will send you a first cut by the end of next week.',
    'yay! Looking forward to it. You have my address already, I think. The bell does not work, please tell the courier to knock.',
    'thank you. The dates are in my calendar, in ink.',
    'great, that made my day. Here is a first picture of where I want to shoot, so that you can tell me early if the light is wrong for you.',
  ],
  'thanks-anyway': [
    'thanks for letting me know. Maybe next time.',
    'no problem. Good luck with the campaign.',
    'a pity, but thank you for telling me at all; most never do.',
  ],
  answer: [
    'thanks for your message. That works for me, tell me what you need from my side.',
    'got it. I will look at it tonight and come back to you tomorrow.',
    'all clear. I will write as soon as I know more about the dates.',
    'thank you, that helps. Thursday would suit me better than Wednesday, if it is all the same to you.',
  ],
  settled: [
    'that answers it, thank you. I have just applied on the page.',
    'perfect. My application is in.',
    'good to know. I have filled in the form, the rest stands there.',
  ],
}
