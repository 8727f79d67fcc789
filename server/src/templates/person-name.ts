/** First and last name out of a name as it is written. Pure, and only a guess: whoever knows better writes it down. */

const titles = /^(?:dr|prof|mag|dipl[-\w]*|ing|herr|frau|mr|mrs|ms|mx|sir|lady)\.?$/i

function words(name: string): readonly string[] {
  const [last = '', first] = name.split(',')
  const turned = first === undefined ? name : `${first} ${last}`
  return turned.split(/\s+/).filter((word) => word !== '' && !titles.test(word))
}

/** `Keller, Anna` and `Dr. Anna Keller` are Anna. */
export function firstNameOf(name: string): string {
  return words(name)[0] ?? name.trim()
}

/** What follows the first name; empty when there is nothing. */
export function lastNameOf(name: string): string {
  return words(name).slice(1).join(' ')
}
