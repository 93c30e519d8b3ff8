import { parse } from 'node-html-parser';
import { expect, it } from 'vitest';
import { Eligibility } from '#shared/domain/eligibility-rule.ts';
import { locales, translator } from '#shared/i18n/index.ts';
import { eligibilityText } from '#shared/rule-texts.ts';
import { aRoundFile, asUpload } from '#test/builders/round-file.ts';
import { aCallIn, aWorld } from '#test/builders/scenes.ts';
import { aSelectionSite } from './selection-site.ts';

const source = { source: 'A sample', confidence: 'unverified', verifiedOn: '2026-11-28' } as const;
const rule = (one: object): Eligibility => Eligibility.parse({ ...one, ...source });

it.for(locales)(
  'a call says first what everybody must meet, and marks what is one way of it only, in %s',
  async (locale) => {
    const t = translator(locale);
    const master = rule({ rule: 'education-at-least', code: 'master', level: 'master' });
    const maths = rule({ rule: 'subject-among', code: 'maths', subjects: ['mathematics'] });
    const either = rule({ rule: 'any-of', code: 'either', codes: ['master', 'maths'] });
    const file = aRoundFile({ eligibility: [master, maths, either] });
    const world = aWorld();
    const roundId = await aCallIn(world, asUpload(file));

    const { text } = await aSelectionSite(world).anonymous.get(`/${locale}/calls/${roundId}`);

    const title = t('call.rules.eligibility');
    const heading = parse(text)
      .querySelectorAll('h3')
      .find((one) => one.text === title);
    const said = heading?.nextElementSibling?.querySelectorAll('li').map((item) => item.text);
    const part = (one: Eligibility): string =>
      t('screening.alternative', { rule: eligibilityText(t, one, file) });
    expect(said).toEqual([eligibilityText(t, either, file), part(master), part(maths)]);
  },
);
