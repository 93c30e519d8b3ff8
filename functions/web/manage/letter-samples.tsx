import type * as z from 'zod';
import type { LetterFacts, LetterTemplate } from '#shared/domain/letter-template.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { type Locale, localeNames, locales } from '#shared/i18n/index.ts';
import type { WebDeps } from '../deps.ts';
import { Details } from '../parts.tsx';

/** A letter as it would be read, before anybody gets it. */
export type Sample = { template: LetterTemplate; locale: Locale; subject: string; text: string };

type Of = {
  templates: readonly LetterTemplate[];
  round: Pick<Round, 'id'>;
  file: RoundFile;
  /** What the letters say besides the round. */
  facts: z.infer<typeof LetterFacts>;
};

/** Letters about a round in every language. Their texts are loaded when somebody looks: all of them weigh more than most pages. */
export const letterSamples = async (
  { publicOrigin: origin, region }: Pick<WebDeps, 'publicOrigin' | 'region'>,
  { templates, round, file, facts }: Of,
): Promise<Sample[]> => {
  const { renderLetter } = await import('#shared/letters.ts');
  const about = { roundId: round.id, intake: file.intake, zone: file.timeZone, number: sampleNumber };
  return templates.flatMap((template) =>
    locales.map((locale) => {
      const letter = { template, facts: { ...about, ...facts } };
      return Object.assign({ template, locale }, renderLetter(letter, locale, { origin, region }));
    }),
  );
};

/** Stands for everyone's own number in a preview. */
const sampleNumber = 'KZ19-0000-0000';

export const LetterSamples = ({ samples }: { samples: readonly Sample[] }) => (
  <>
    {samples.map(({ locale, subject, text }) => (
      <Details summary={`${localeNames[locale]}: ${subject}`}>
        <pre class="letter" lang={locale}>
          {text}
        </pre>
      </Details>
    ))}
  </>
);
