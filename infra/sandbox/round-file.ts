import * as z from 'zod';
import { exits, runAsProcess, sandboxCommand } from '#infra/sandbox/given.ts';
import { readJson } from '#shared/domain/json-text.ts';
import { RegionCode } from '#shared/domain/region.ts';
import { adviceOn } from '#shared/domain/round-file-advice.ts';
import { readRoundFile } from '#shared/domain/round-file-reading.ts';
import { locales, translator } from '#shared/i18n/index.ts';

const usage = `npm run round-file -- ROUND.json [--json] [--lang kk|ru|en]

Reads a round file as the import does: every fault with its place, or, where there is none, what in its design measures badly as a rule, with
where that is known from. Advice refuses nothing.

  --json        advice as JSON: codes, places and figures
  --lang CODE   the language of faults and advice (default en)
`;

/** The command line. @returns the exit code */
export const main = sandboxCommand(usage, [], ({ json, lang, text, need }, print) => {
  const advice = adviceOn(need(readRoundFile(text, regionIn(text))));
  if (json) {
    print(JSON.stringify({ advice }, null, 2));
    return exits.done;
  }
  const t = translator(locales.find((locale) => locale === lang) ?? 'en');
  const said = advice.map(
    ({ code, place, facts }) =>
      `${place}: ${t(`round-file.advice.${code}`, facts)}\n  ${t('round-file.advice.source', { source: t(`round-file.advice.${code}.source`) })}`,
  );
  print(
    said.length === 0 ? t('round-file.advice.none') : [t('round-file.advice.text'), ...said].join('\n\n'),
  );
  return exits.done;
});

/** A file is read for the region that it names; what names none has a fault anyway. */
const regionIn = (text: string): RegionCode => {
  const json = readJson(text);
  return (json.ok && Region.safeParse(json.value.value).data?.region) || 'KZ-19';
};

const Region = z.object({ region: RegionCode });

if (import.meta.main) await runAsProcess(main);
