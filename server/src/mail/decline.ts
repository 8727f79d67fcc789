/**
 * A plain "no, thanks" in an answer, in English and German: the sentence that says so, as evidence for a person who
 * decides. It is a suggestion and nothing else, so what is ambiguous stays unsaid: questions, conditions, and a "cannot"
 * that comes with an alternative.
 */

// said outright; no alternative takes it back
const outright: readonly RegExp[] = [
  /\b(?:no|nope|nah)[,.! ]+thank(?:s| you)\b(?! to\b)/i,
  /\b(?:am|i'?m|we'?re|are) (?:really |sorry,? but )?(?:just )?not interested\b/i,
  /^(?:sorry,? )?not interested\b/i,
  /\bno interest (?:in|here|from)\b/i,
  /\b(?:i|we)(?:'ll| will|'d| would|'m going to| have to| must| need to| think i'll)?(?: (?:like|prefer|want|rather|have))?(?: to)?(?: (?:politely|respectfully|kindly|unfortunately|regretfully|sadly|probably))? (?:pass\b(?! (?:it|this|that|on|along|the|your))|decline\b|say no\b|turn (?:this|it|you|your offer) down)/i,
  /\b(?:have to|must|need to|going to|gonna|will|'ll) (?:politely |respectfully |regretfully )?(?:pass (?:on (?:this|that|your)|this time|here)|decline)\b/i,
  /\b(?:please )?(?:take me off|remove me from|do(?:n't| not) contact me|stop (?:emailing|writing|contacting))\b/i,
  /\bnein,? (?:vielen |herzlichen |lieben )?dank[e]?\b/i,
  /\b(?:habe?n?|besteht|hätte|hab) (?:da(?:ran|für)? |hier(?:an)? |leider |aktuell |derzeit |momentan |überhaupt |gar )*kein(?:erlei)? interesse\b/i,
  /^(?:leider |danke,? )?kein interesse\b/i,
  /\b(?:bin|sind) (?:ich |wir |daran |leider |aktuell |derzeit |momentan |wirklich )*nicht (?:daran )?interessiert\b/i,
  /\b(?:muss|müssen|möchte|möchten|will|wollen|werde|werden) (?:\w+ ){0,5}(?:absagen|ablehnen)\b/i,
  /\b(?:sage|sag|sagen) (?:\w+ ){0,4}ab\b/i,
  /\blehnen? (?:\w+ ){0,6}ab\b/i,
  /\b(?:ich|da|wir) (?:bin|sind) (?:\w+ ){0,3}raus\b/i,
  /\b(?:bitte )?(?:keine (?:weiteren )?(?:mails|e-mails|anfragen|nachrichten) mehr|schreib(?:t|en sie)? mir (?:bitte )?nicht mehr)\b/i,
]

// said about this once; "but June works" makes it a negotiation
const guarded: readonly RegExp[] = [
  /\b(?:can'?t|cannot|can not|won'?t be able to|will not be able to|(?:am|i'm|we're|are) (?:unfortunately )?(?:not|un)able to|not going to) (?:(?!wait\b)\w+ ){0,2}(?:take part|participate|join|accept|take (?:this|it|that) on|be part|do (?:this|it|that))\b/i,
  /\b(?:is|isn'?t|not) (?:\w+ ){0,2}(?:the right|a good|a|right|quite the right) (?:fit|match)\b(?! for (?:you|us)\b)/i,
  /\bdoes(?:n'?t| not) (?:fit|match|work) (?:for me|with my|my)\b/i,
  /\b(?:kann|können|möchte|möchten|werde|werden|will|wollen) (?:\w+ ){0,5}nicht (?:\w+ ){0,2}(?:teilnehmen|mitmachen|dabei sein|zusagen|annehmen|machen)\b/i,
  /\b(?:bin|sind) (?:\w+ ){0,3}nicht dabei\b/i,
  /\bpasst (?:\w+ ){0,4}nicht (?:\w+ ){0,2}(?:zu mir|zu uns|zu meinem|in mein|für mich)\b/i,
  /\bist (?:mir|uns|für mich) (?:\w+ ){0,3}(?:leider )?nicht möglich\b/i,
]

const alternative =
  /\b(?:but|however|instead|unless|though|how about|what about|aber|jedoch|stattdessen|sondern|außer|es sei denn|allerdings|vielleicht|maybe|perhaps)\b/i
const conditional = /^(?:\W*)(?:if|in case|should you|wenn|falls|sofern|sollte)\b/i
const looked = 1_500
const longestEvidence = 200

/** The sentence by which the writer declines; undefined when none does so plainly. `text` is the new text of an answer. */
export function declineEvidence(text: string): string | undefined {
  const sentences = sentencesOf(text.slice(0, looked))
  const open = sentences.some((sentence) => alternative.test(sentence)) || text.includes('?')
  const says = sentences.find((sentence) => {
    if (sentence.endsWith('?') || conditional.test(sentence)) return false
    if (outright.some((pattern) => pattern.test(sentence))) return true
    return !open && guarded.some((pattern) => pattern.test(sentence))
  })
  return says?.slice(0, longestEvidence)
}

function sentencesOf(text: string): string[] {
  return text
    .replaceAll(/[’‘´`]/g, "'")
    .split(/(?<=[.!?…])\s+|\n\s*\n|\n(?=\s*[-•*])/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '')
}
