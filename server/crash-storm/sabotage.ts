/**
 * Puts the two oldest mistakes of a sender into the product from behind, to prove that a storm notices them: a mail of
 * which nobody knows the outcome is sent again without looking, or is taken for sent.
 */
import type { Programs } from '../story/programs.ts'
import type { Verdict } from './judge.ts'

const mistakes = {
  double: `new.state := 'queued'; new.call_started_at := null;`,
  lose: `new.state := 'accepted'; new.accepted_at := kontor_now(); new.settled_at := kontor_now();`,
}
export type Sabotage = keyof typeof mistakes
export const sabotages = Object.keys(mistakes) as readonly Sabotage[]

export async function strike(wish: Sabotage, { admin }: Pick<Programs, 'admin'>): Promise<void> {
  await admin.query(`create function a_mistake() returns trigger language plpgsql as $$ begin
      ${mistakes[wish]} new.reason := null; new.in_doubt_since := null; new.look_at := null; return new; end $$;
    create trigger a_mistake before update on submission for each row
      when (old.state = 'leased' and new.state = 'in_doubt') execute function a_mistake()`)
}

export function isTold(wish: Sabotage, { duplicates, lost }: Verdict): boolean {
  return wish === 'double' ? duplicates > 0 : lost > 0
}
