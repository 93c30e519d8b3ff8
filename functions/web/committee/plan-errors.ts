import { namesOf } from '#functions/commands/staff-names.ts';
import { PersonId } from '#shared/domain/ids.ts';
import type { Fault } from '#shared/errors.ts';
import type { Translator } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { type FieldError, fieldErrors } from '../form.ts';

/** Faults of a plan as field errors. Who is engaged elsewhere has a name: they sit on the reader's own committee. */
export const planErrors = async (
  deps: Pick<WebDeps, 'people'>,
  faults: readonly Fault[],
  t: Translator,
): Promise<FieldError[]> => fieldErrors(await Promise.all(faults.map((fault) => named(deps, fault))), t);

const named = async (deps: Pick<WebDeps, 'people'>, fault: Fault): Promise<Fault> => {
  const person = PersonId.safeParse(fault.facts?.['person']).data;
  const name = person && (await namesOf(deps, [person])).get(person);
  return name ? { ...fault, message: 'panel.engaged.named', facts: { ...fault.facts, name } } : fault;
};
