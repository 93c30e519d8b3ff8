import type { Fault } from '#shared/errors.ts';
import { type FunctionRule, functionOf } from '#shared/formula/functions.ts';
import { type Formula, parseFormula } from '#shared/formula/parse.ts';
import type { Kind, Term } from '#shared/formula/terms.ts';
import { formulaFault } from '#shared/formula/tokens.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** A formula that can be evaluated: it names what there is, and comes to one value for each application. */
export type Checked = { formula: Formula; of: Kind['of'] };

type Terms = ReadonlyMap<string, Pick<Term, 'kind'>>;
type Answer = Result<Kind, Fault>;

/** Understands a formula of a round, or says what is wrong with it and at which character. */
export const readFormula = (text: string, terms: Terms): Result<Checked, Fault> => {
  const formula = parseFormula(text);
  if (!formula.ok) return formula;
  const kind = kindOf(formula.value, terms);
  if (!kind.ok) return kind;
  const { of, over } = kind.value;
  // Which function is meant, nobody can guess.
  return over === 'one' ? ok({ formula: formula.value, of }) : no('many', formula.value);
};

const no = (what: string, formula: Formula, found = ''): Result<never, Fault> =>
  refuse(formulaFault(what, formula.at, 'name' in formula ? formula.name : found));

const kindOf = (formula: Formula, terms: Terms): Answer => {
  switch (formula.kind) {
    case 'number':
      return ok({ of: 'number', over: 'one' });
    case 'name':
      return nameKind(formula, terms);
    case 'sign': {
      const wanted = formula.sign === '-' ? 'number' : 'truth';
      return wantedOf([formula.of], wanted, terms);
    }
    case 'pair':
      return pairKind(formula, terms);
    case 'call':
      return callKind(formula, terms);
    default:
      return formula satisfies never;
  }
};

const nameKind = (formula: Extract<Formula, { kind: 'name' }>, terms: Terms): Answer => {
  const term = terms.get(formula.name);
  if (term) return ok(term.kind);
  if (functionOf(formula.name, 0)) return no('no-arguments', formula);
  return no(formula.name.includes('-') ? 'unknown-hyphen' : 'unknown-name', formula);
};

const pairKind = ({ sign, left, right }: Extract<Formula, { kind: 'pair' }>, terms: Terms): Answer => {
  const both = [left, right];
  if (sign === 'and' || sign === 'or') return wantedOf(both, 'truth', terms);
  const isCounted = sign === '+' || sign === '-' || sign === '*' || sign === '/';
  if (isCounted) return wantedOf(both, 'number', terms);
  const kind = sign === '=' || sign === '!=' ? alike(both, terms) : wantedOf(both, 'number', terms);
  return kind.ok ? ok({ of: 'truth', over: kind.value.over }) : kind;
};

const callKind = (formula: Extract<Formula, { kind: 'call' }>, terms: Terms): Answer => {
  const { name, given, at } = formula;
  const rule = functionOf(name, given.length);
  if (!rule) return no('unknown-function', formula);
  const { least, most, works } = rule;
  if (given.length < least || given.length > most) {
    const fault = formulaFault(least === most ? 'arguments' : 'arguments-between', at, name);
    return refuse({ ...fault, facts: { ...fault.facts, least, most } });
  }
  const taken = takenBy(rule, given, terms);
  if (!taken.ok) return taken;
  const of = rule.gives === 'the-same' ? taken.value.of : rule.gives;
  if (works === 'each') return ok({ of, over: taken.value.over });
  return taken.value.over === 'one' ? no('one', formula) : ok({ of, over: 'one' });
};

const takenBy = ({ takes }: FunctionRule, given: readonly Formula[], terms: Terms): Answer => {
  if (takes === 'any' || takes === 'alike') return alike(given, terms);
  if (takes !== 'condition') return wantedOf(given, takes, terms);
  const [condition, ...others] = given;
  const asked = wantedOf(condition ? [condition] : [], 'truth', terms);
  if (!asked.ok) return asked;
  const branches = alike(others, terms);
  if (!branches.ok) return branches;
  const over = joined(asked.value.over, branches.value.over);
  return over === undefined
    ? no('apart', others[0] ?? given[0] ?? nothing)
    : ok({ of: branches.value.of, over });
};

const nothing: Formula = { kind: 'number', value: 0, at: 1 };

/** All are of the wanted kind, and of the same people where they are of several. Any kind will do for the first where none is named. */
const wantedOf = (parts: readonly Formula[], wanted: Kind['of'] | undefined, terms: Terms): Answer => {
  let all: Kind | undefined;
  for (const part of parts) {
    // Each part is looked at once: twice would double with every bracket.
    const kind = kindOf(part, terms);
    if (!kind.ok) return kind;
    const of = wanted ?? all?.of ?? kind.value.of;
    if (kind.value.of !== of) return no(of === 'number' ? 'no-number' : 'no-truth', part);
    const over = joined(all?.over ?? 'one', kind.value.over);
    if (over === undefined) return no('apart', part);
    all = { of, over };
  }
  return ok(all ?? { of: 'number', over: 'one' });
};

/** All are of the kind of the first. */
const alike = (parts: readonly Formula[], terms: Terms): Answer => wantedOf(parts, undefined, terms);

/** Undefined for values of raters and of interviewers beside each other: nothing says which belong together. */
const joined = (a: Kind['over'], b: Kind['over']): Kind['over'] | undefined => {
  if (a === 'one') return b;
  return b === 'one' || a === b ? a : undefined;
};
