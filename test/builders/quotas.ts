import type { RoundFile } from '#shared/domain/round-file.ts';
import {
  type Applicant,
  afterOffers,
  aGatheredRound,
  aKey,
  published,
  type Turn,
  wishable,
} from '#test/builders/results.ts';
import { aRoundFile } from '#test/builders/round-file.ts';

export const quotasKey = aKey();

export type Language = 'kk' | 'ru';
/** `mixed`: of schools that teach in both languages, too; there is none. */
export type Quota = { language: Language; mixed?: true | undefined; posts: number; kind?: 'at-least' };
type Given = {
  total?: number;
  openFirst?: number | undefined;
  counting?: 'each-quota' | undefined;
  quotas: readonly Quota[];
};

/** At most or at least so many posts in schools of a language: one vacancy is Russian, two are Kazakh. */
export const rulesWith = ({ total, openFirst, counting, quotas }: Given) => {
  const { posts } = aRoundFile();
  const { source, confidence, verifiedOn } = posts;
  const file: RoundFile = aRoundFile({
    posts: {
      ...posts,
      ...(total !== undefined && { total }),
      ...(quotas.some(({ kind }) => kind) && {
        allocation: {
          mechanism: 'applicant-proposing-deferred-acceptance',
          ...(openFirst !== undefined && { openFirst }),
          ...(counting && { counting }),
          source,
          confidence,
          verifiedOn,
        },
      }),
      quotas: quotas.map(({ language, mixed, posts: most, kind }, index) => ({
        code: `quota-${index + 1}`,
        title: { kk: 'Квота', ru: 'Квота', en: 'Quota' },
        precedence: index + 1,
        kind: kind ?? 'at-most',
        posts: most,
        of: { languages: mixed ? [language, 'mixed'] : [language] },
        source,
        confidence,
        verifiedOn,
      })),
    },
  });
  return { file, text: JSON.stringify(file) };
};

/** So many people who all want every vacancy. */
export const wishing = (count: number, wishes: readonly string[] = wishable): Applicant[] =>
  Array.from({ length: count }, () => ({ scoring: 2, interview: 2, wishes }));

/** A bundle of their offers: what the people came to, one after the other, under these quotas. */
export const offersOf = (
  people: readonly Applicant[],
  quotas: readonly Quota[],
  { turns = [], ...given }: Omit<Given, 'quotas'> & { turns?: Turn[] } = {},
) => {
  const rules = rulesWith({ quotas, ...given });
  const gathered = afterOffers(aGatheredRound(people, rules), turns);
  const bundle = published(gathered, quotasKey);
  const { offers } = bundle.statement;
  if (!offers) throw new Error('No offers were made.');
  return { ...bundle, gathered, offers };
};
